/** A section of a page, as the search finds it. */
export interface SearchEntry {
  readonly id: number;
  readonly title: string;
  /** The title of its page. */
  readonly page: string;
  /** The address below the site, with the anchor. */
  readonly address: string;
  readonly text: string;
}

/** How the index is made and read: both sides need the same. */
export const searchFields = {
  fields: ['title', 'page', 'text'],
  storeFields: ['title', 'page', 'address'],
} as const;
