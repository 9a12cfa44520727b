import { defaultKarmadaVersion, karmadaVersions } from '../karmada/release';
import { unfolded } from '../kubernetes/list';
import type { Manifest } from '../kubernetes/manifest';
import { type KubernetesObject, referenceKey, referenceTo } from '../kubernetes/object';
import { listOf } from '../kubernetes/plain-data';
import type { Call } from '../lint';
import type { Contract } from '../model/contract';
import type { PlanOptions } from '../planner';
import { clustersOf } from '../planner/plan/plan-input';
import { controlPlaneOf } from '../planner/plan-of';
import type { Finding } from '../problem/finding';
import type { ViewData, ViewState } from './view-data';
import { SecretHider } from './without-secrets';

/** What a page is made of. */
export interface ViewInput {
  readonly title: string;
  readonly manifests: readonly Manifest[];
  /** The manifests to compare with. @default - none */
  readonly before?: readonly Manifest[];
  readonly planOptions: PlanOptions;
  readonly calls: readonly Call[];
  readonly contracts: readonly Contract[];
  readonly findings: readonly Finding[];
  readonly live?: boolean;
}

/** The data of a page. Values of Secrets, and what overrides write into them, are left out. */
export function viewData(input: ViewInput): ViewData {
  const { title, manifests, before, planOptions, calls, contracts, findings, live } = input;
  const { fleet, karmada = defaultKarmadaVersion, bindings, ...rest } = planOptions;
  const items = bindings && (Array.isArray(bindings) ? bindings : (bindings as { items?: unknown }).items);
  const hider = new SecretHider();
  const state = stateOf(manifests, planOptions, hider);
  return {
    version: 1,
    title,
    karmada,
    fleet: clustersOf(fleet),
    ...rest,
    ...(bindings && { bindings: listOf<KubernetesObject>(items).map((each) => hider.object(each)) }),
    ...state,
    ...(before && { before: stateOf(before, planOptions, hider) }),
    calls,
    contracts: contracts.map(({ spec }) => spec),
    findings: findings.map((finding) => hider.finding(finding)),
    ...(live && { live }),
  };
}

function stateOf(manifests: readonly Manifest[], options: PlanOptions, hider: SecretHider): ViewState {
  const objects = unfolded(manifests).map(({ object, origin }) => ({
    object: hider.object(object),
    ...(origin.type === 'file' && { place: `${origin.file}:${origin.locate('').line}` }),
  }));
  // The page can show each of the releases, and releases know different fields.
  const refusals = new Map<string, Record<string, string>>();
  for (const karmada of karmadaVersions) {
    for (const { manifest, why } of controlPlaneOf(manifests, { ...options, karmada }).refused) {
      const key = referenceKey(referenceTo(manifest.object));
      refusals.set(key, { ...refusals.get(key), [karmada]: hider.text(why) });
    }
  }
  return { manifests: objects, refusals: Object.fromEntries(refusals) };
}
