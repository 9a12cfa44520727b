import { render } from 'preact';
import { workerOf } from '../../view/page/requests';
import { Search } from '../search';
import type { Example } from './inputs';
import { Playground } from './playground';
import { serveChecks } from './worker';

// The same script is the page and its worker, which also a page of a file system can start.
if (typeof document === 'undefined') serveChecks(globalThis as never);
else start();

function start(): void {
  const textOf = (id: string) => document.getElementById(id)?.textContent ?? '';
  const examples = JSON.parse(textOf('examples')) as readonly Example[];
  const worker = workerOf(textOf('script'));
  render(<Search root="" slash={false} />, document.getElementById('search') as HTMLElement);
  const root = document.getElementById('content') as HTMLElement;
  root.textContent = '';
  render(worker ? <Playground examples={examples} worker={worker} /> : <p>This browser starts no worker.</p>, root);
}
