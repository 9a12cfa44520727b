/** Karmada minor releases whose behaviour is modelled; v1.18.2 is the baseline. */
export type KarmadaVersion = '1.16' | '1.17' | '1.18';

/** Every modelled release, oldest first. */
export const karmadaVersions: readonly KarmadaVersion[] = ['1.16', '1.17', '1.18'];

/** The release assumed where none is named. */
export const defaultKarmadaVersion: KarmadaVersion = '1.18';

/** Whether `version` is `minimum` or a later release. */
export function atLeast(version: KarmadaVersion, minimum: KarmadaVersion): boolean {
  return karmadaVersions.indexOf(version) >= karmadaVersions.indexOf(minimum);
}
