/** A JSON value, as YAML or JSON manifests hold it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [field: string]: Json };
