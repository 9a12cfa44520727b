import { render } from 'preact';
import { Search } from './search';

const place = document.getElementById('search');
// The page that is shown is visible in the list of pages.
document.querySelector('.pages [aria-current]')?.scrollIntoView({ block: 'nearest' });
if (place) render(<Search root={place.dataset['root'] ?? ''} />, place);
