export type { Manifest } from '../kubernetes/manifest';
export type { KubernetesObject, ObjectMetadata } from '../kubernetes/object';
export type { SkippedObject } from './clean';
export { type ImportedFile, type ImportedProgram, type ImportOptions, importManifests } from './import-manifests';
export type { ImportedObject, ImportReport } from './import-report';
export { type ImportForm, importForms } from './rungs';
