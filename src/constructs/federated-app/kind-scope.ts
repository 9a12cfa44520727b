import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { isClusterScopedKind } from '../../kubernetes/cluster-scoped-kinds';
import { apiGroup } from '../../kubernetes/object';
import { isRecord } from '../../problem/check-properties';
import { SynthesisCache } from '../synthesis/synthesis-cache';
import { ownChildren } from './app-scope';

/** Groups whose cluster-scoped kinds are all known: those of Kubernetes itself, and Karmada's. */
const knownGroup =
  /^$|^(apps|autoscaling|batch|extensions|policy|(admissionregistration|apiextensions|apiregistration|authentication|authorization|certificates|coordination|discovery|events|(flowcontrol|internal)\.apiserver|networking|node|rbac\.authorization|resource|scheduling|storage|storagemigration)\.k8s\.io)$|\.karmada\.io$/;

/** Custom kinds that by their name are about the cluster: ClusterIssuer, GatewayClass. */
const namedForTheCluster = /^Cluster[A-Z]|Class$/;

/** Which kinds are outside all namespaces, as of one look at the application. */
export class KindScopes {
  readonly #root: IConstruct;
  readonly #declared: readonly string[];
  #defined: ReadonlyMap<string, boolean> | undefined;

  /**
   * @param root - the application, which may define kinds
   * @param declared - kinds that the author declares cluster-scoped, as `Kind.group`
   */
  constructor(root: IConstruct, declared: readonly string[]) {
    this.#root = root;
    this.#declared = declared;
  }

  /**
   * Whether an object is outside all namespaces. cdk8s does not say, and gives every object the namespace of its chart.
   * The author's word counts first, then the tables, then the CustomResourceDefinitions anywhere in the application;
   * of other custom kinds without a namespace of their own the name decides.
   *
   * @param hasOwnNamespace - whether the author wrote a namespace on the object
   */
  isClusterScoped(object: { readonly apiVersion: string; readonly kind: string }, hasOwnNamespace: boolean): boolean {
    const group = apiGroup(object.apiVersion);
    const kind = `${object.kind}.${group}`;
    if (this.#declared.includes(kind) || isClusterScopedKind(group, object.kind)) return true;
    if (knownGroup.test(group)) return false;
    this.#defined ??= definedKinds.ask(this.#root);
    return this.#defined.get(kind) ?? (!hasOwnNamespace && namedForTheCluster.test(object.kind));
  }
}

/** The kinds that an application defines, as `Kind.group`, and whether they are cluster-scoped. */
const definedKinds = new SynthesisCache((root: IConstruct): ReadonlyMap<string, boolean> => {
  const kinds = new Map<string, boolean>();
  addDefinedKinds(root, kinds);
  return kinds;
});

function addDefinedKinds(scope: IConstruct, kinds: Map<string, boolean>): void {
  if (scope instanceof ApiObject) {
    // A file of definitions may be one List, which is unfolded later.
    if (scope.kind === 'List') for (const item of itemsOf(scope.toJson())) addDefinedKind(item, kinds);
    else if (scope.kind === definition) addDefinedKind(scope.toJson(), kinds);
  }
  for (const child of ownChildren(scope)) addDefinedKinds(child, kinds);
}

const definition = 'CustomResourceDefinition';

function addDefinedKind(object: unknown, kinds: Map<string, boolean>): void {
  if (!isRecord(object) || object['kind'] !== definition || !isRecord(object['spec'])) return;
  const { group, names, scope } = object['spec'];
  if (isRecord(names)) kinds.set(`${names['kind']}.${group}`, scope === 'Cluster');
}

function itemsOf({ items }: { readonly items?: unknown }): readonly unknown[] {
  return Array.isArray(items) ? items : [];
}
