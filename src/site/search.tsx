import MiniSearch, { type SearchResult } from 'minisearch';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type SearchEntry, searchFields } from './search-entry';

const most = 12;

/** The index is a script, because a page of a file system may load nothing else. It is loaded when it is first needed. */
let loading: Promise<MiniSearch<SearchEntry>> | undefined;

function loaded(root: string): Promise<MiniSearch<SearchEntry>> {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = `${prefixOf(root)}search-index.js`;
    script.onload = () => {
      const { searchIndex } = globalThis as unknown as { searchIndex: string };
      const options = { fields: [...searchFields.fields], storeFields: [...searchFields.storeFields] };
      resolve(MiniSearch.loadJSON<SearchEntry>(searchIndex, options));
    };
    script.onerror = () => reject(new Error('the index of the search cannot be loaded'));
    document.head.append(script);
  });
  return loading;
}

function prefixOf(root: string): string {
  return root === '' ? '' : `${root}/`;
}

interface SearchProps {
  /** The way from this page to the first one: `../..`. */
  readonly root: string;
  /** Whether the key `/` goes to the field. @default true */
  readonly slash?: boolean;
}

/** The search of the site: a field, and what it finds below it. */
export function Search({ root, slash = true }: SearchProps) {
  const [text, setText] = useState('');
  const [found, setFound] = useState<readonly SearchResult[]>();
  const [failure, setFailure] = useState<string>();
  const [active, setActive] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);

  useEffect(() => {
    let current = true;
    setActive(0);
    if (text.trim() === '') setFound(undefined);
    else {
      loaded(root).then(
        (index) => current && setFound(resultsOf(index, text)),
        (error: Error) => setFailure(error.message),
      );
    }
    return () => {
      current = false;
    };
  }, [text]);

  useEffect(() => {
    if (!slash) return;
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.key !== '/' || target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName)) return;
      event.preventDefault();
      field.current?.focus();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);

  useEffect(() => list.current?.children[active]?.scrollIntoView({ block: 'nearest' }), [active]);

  const close = () => {
    setText('');
    setFound(undefined);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const count = found?.length ?? 0;
    if (event.key === 'Escape') close();
    else if (count > 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      setActive((active + (event.key === 'ArrowDown' ? 1 : count - 1)) % count);
    } else if (event.key === 'Enter' && found?.[active]) location.href = prefixOf(root) + found[active]['address'];
    else return;
    event.preventDefault();
  };
  const isOpen = found !== undefined || failure !== undefined;
  return (
    <div
      class="search"
      onFocusOut={({ relatedTarget, currentTarget }) => {
        if (!currentTarget.contains(relatedTarget as Node | null)) close();
      }}
    >
      <input
        ref={field}
        type="search"
        role="combobox"
        list={undefined}
        aria-label="Search the documentation"
        aria-expanded={isOpen}
        aria-controls="found"
        aria-autocomplete="list"
        aria-activedescendant={found?.length ? `found-${active}` : undefined}
        placeholder={slash ? 'Search ( / )' : 'Search the documentation'}
        autocomplete="off"
        value={text}
        onFocus={() => void loaded(root).catch(() => {})}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {isOpen && (
        <div class="found">
          {failure !== undefined && <p role="alert">{failure}</p>}
          {found?.length === 0 && <p role="status">Nothing contains these words.</p>}
          <ul id="found" role="listbox" aria-label="Found" ref={list}>
            {found?.map(({ id, title, page, address }, index) => (
              <li key={id} id={`found-${index}`} role="option" aria-selected={index === active}>
                <a href={prefixOf(root) + address} tabIndex={-1} onClick={close}>
                  <b>{title}</b>
                  {title !== page && <span>{page}</span>}
                </a>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

function resultsOf(index: MiniSearch<SearchEntry>, text: string): readonly SearchResult[] {
  const options = { boost: { title: 4, page: 2 }, prefix: true, combineWith: 'AND' } as const;
  const exact = index.search(text, options);
  return (exact.length > 0 ? exact : index.search(text, { ...options, fuzzy: 0.2 })).slice(0, most);
}
