export type {
  ApiEnablement,
  Cluster,
  ClusterTaint,
  ResourceAmounts,
  ResourceModel,
  ResourceQuantity,
  ResourceSummary,
} from '../karmada/cluster';
export type { KarmadaVersion } from '../karmada/release';
export type { Manifest } from '../kubernetes/manifest';
export type { KubernetesObject, ObjectMetadata } from '../kubernetes/object';
export type { ReadProblem } from '../manifests/read-problem';
export type { ConstructLike, FleetLike, PlanInput } from '../planner';
export type { Finding, FindingLocation, FindingObject, Severity } from '../problem/finding';
export type { ConstructOrigin, FileOrigin, MemoryOrigin, Origin, TextPosition } from '../problem/place';
export type { Problem } from '../problem/problem';
export type { Call } from './analysis/lint-input';
export { type LintConfig, lintConfig } from './engine/config';
export { formatGithub } from './engine/format/github';
export { formatJson } from './engine/format/json';
export { formatSarif, type SarifRule } from './engine/format/sarif';
export { formatText, type TextOptions, type TextStyle } from './engine/format/text';
export { type LintOptions, type LintReport, lint } from './engine/lint';
export type { RuleDescription } from './engine/rule';
export { ruleCatalog } from './engine/rule-catalog';
export type { RuleSetting, RuleSettings } from './engine/settings';
export { ignoreAnnotation, type Suppression } from './engine/suppression';
