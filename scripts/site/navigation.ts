import { posix } from 'node:path';
import { topicPages } from '../../src/cli/pages';
import type { NavigationGroup, NavigationItem } from './layout';

interface NavigationPage extends NavigationItem {
  readonly path: string;
}

/** The order of the guides; others follow by name. */
const guides = [...topicPages, 'lab.md'];

/** Pages in groups: each page of the site is in one. */
export function navigationOf(pages: readonly NavigationPage[]): readonly NavigationGroup[] {
  const inFolder = (folder: string) => pages.filter(({ path }) => posix.dirname(path) === folder);
  const readmeFirst = (folder: string, overview: string) => {
    const own = inFolder(folder);
    const isReadme = ({ path }: NavigationPage) => posix.basename(path) === 'README.md';
    return [
      ...own.filter(isReadme).map(({ address }) => ({ title: overview, address })),
      ...own.filter((page) => !isReadme(page)),
    ];
  };
  const rank = ({ path }: NavigationPage) => {
    const at = guides.indexOf(posix.basename(path));
    return at < 0 ? guides.length : at;
  };
  const examples = pages.filter(({ path }) => /^examples\/[^/]+\/README\.md$/.test(path));
  const top = inFolder('.').filter(({ path }) => path !== 'README.md');
  return [
    {
      title: 'Start',
      items: [
        { title: 'Overview', address: 'index.html' },
        { title: 'Playground', address: 'playground.html' },
      ],
    },
    { title: 'Guides', items: [...inFolder('docs')].sort((one, other) => rank(one) - rank(other)) },
    { title: 'Kinds', items: readmeFirst('docs/kinds', 'All kinds') },
    { title: 'Examples', items: [{ title: 'All examples', address: 'examples/index.html' }, ...examples] },
    { title: 'Rules', items: readmeFirst('docs/rules', 'All rules') },
    { title: 'Decisions', items: inFolder('docs/decisions') },
    {
      title: 'API',
      items: inFolder('docs/api').map((page) => ({ ...page, title: posix.basename(page.path, '.api.md') })),
    },
    { title: 'Project', items: top },
  ];
}
