export type {
  ApiEnablement,
  Cluster,
  ClusterTaint,
  ResourceAmounts,
  ResourceModel,
  ResourceQuantity,
  ResourceSummary,
} from '../karmada/cluster';
export type { Manifest } from '../kubernetes/manifest';
export type { KubernetesObject, ObjectMetadata } from '../kubernetes/object';
export type { ReadProblem } from '../manifests/read-problem';
export type { ConstructLike, FleetLike, PlanInput } from '../planner';
export type { Finding, FindingLocation, FindingObject, Severity } from '../problem/finding';
export type { ConstructOrigin, FileOrigin, MemoryOrigin, Origin, TextPosition } from '../problem/place';
export type { Problem } from '../problem/problem';
export type { SkippedObject } from './clean';
export { type ImportedFile, type ImportedProgram, type ImportOptions, importManifests } from './import-manifests';
export type { ImportedObject, ImportReport } from './import-report';
export { type ImportForm, importForms } from './rungs';
