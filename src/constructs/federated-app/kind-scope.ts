import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { isClusterScopedKind } from '../../model/cluster-scoped-kinds';
import { isRecord } from '../../model/known-properties';
import { apiGroup } from '../../model/kubernetes-object';
import { ownChildren } from './app-scope';

/** Groups whose cluster-scoped kinds are all known. */
const knownGroup = /^$|^(apps|autoscaling|batch|extensions|policy)$|\.k8s\.io$|\.karmada\.io$/;

/** Custom kinds that by their name are about the cluster: ClusterIssuer, GatewayClass. */
const namedForTheCluster = /^Cluster[A-Z]|Class$/;

/** What else tells the scope of a kind. */
export interface KindContext {
  /** The application, which may define the kind. */
  readonly root: IConstruct;
  /** Kinds that the author declares cluster-scoped, as `Kind.group`. */
  readonly declared: readonly string[];
  /** Whether the author wrote a namespace on the object. */
  readonly hasOwnNamespace: boolean;
}

/**
 * Whether an object is outside all namespaces. cdk8s does not say, and gives every object the namespace of its chart.
 * The author's word counts first, then the tables, then the CustomResourceDefinitions anywhere in the application;
 * of other custom kinds without a namespace of their own the name decides.
 */
export function isClusterScoped(
  { apiVersion, kind }: { readonly apiVersion: string; readonly kind: string },
  { root, declared, hasOwnNamespace }: KindContext,
): boolean {
  const group = apiGroup(apiVersion);
  if (declared.includes(`${kind}.${group}`) || isClusterScopedKind(group, kind)) return true;
  if (knownGroup.test(group)) return false;
  const defined = definedScope(root, group, kind);
  if (defined !== undefined) return defined === 'Cluster';
  return !hasOwnNamespace && namedForTheCluster.test(kind);
}

/** `Cluster` or `Namespaced`, as the definition of the kind says, or undefined where the application has none. */
function definedScope(scope: IConstruct, group: string, kind: string): unknown {
  if (scope instanceof ApiObject && scope.kind === 'CustomResourceDefinition') {
    const { spec } = scope.toJson();
    if (isRecord(spec) && spec['group'] === group && isRecord(spec['names']) && spec['names']['kind'] === kind) {
      return spec['scope'] ?? 'Namespaced';
    }
  }
  for (const child of ownChildren(scope)) {
    const found = definedScope(child, group, kind);
    if (found !== undefined) return found;
  }
  return undefined;
}
