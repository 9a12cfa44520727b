import type { Finding, ReadProblem } from '../lint';
import type { SkippedObject } from './clean';
import type { ImportForm } from './rungs';

/** What became of an object. */
export interface ImportedObject {
  /** Distinguishes it from all other objects. */
  readonly key: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  /** Where it was. */
  readonly from: string;
  /** `shorthand`, `app`, `policy`, `api-object` or `include`; see docs/from-yaml.md. */
  readonly form: ImportForm;
  /** The file that makes it. */
  readonly file: string;
  /** Why it is not a better form. @default - it is the best that its kind has */
  readonly why?: string;
}

/** What became of the manifests. */
export interface ImportReport {
  readonly objects: readonly ImportedObject[];
  /** Where the fleet comes from: given, the names in policies, or none is known. */
  readonly fleet: 'given' | 'names' | 'none';
  /** What the linter finds in the manifests, infos aside. */
  readonly findings: readonly Finding[];
  /** What was left out, because it could not be read. */
  readonly leftOut: readonly ReadProblem[];
  /** Objects of a control plane that controllers make. */
  readonly skipped: readonly SkippedObject[];
  /** Number of objects by form, and of charts. */
  readonly summary: Readonly<Record<ImportForm | 'objects' | 'charts', number>>;
}
