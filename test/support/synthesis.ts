import { App, Chart, type ChartProps, Testing } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../../src/kubernetes/object';

/** A chart in a new app, by default in namespace `shop`. */
export function chartIn(props: ChartProps = { namespace: 'shop' }, id = 'shop'): Chart {
  return new Chart(new App(), id, props);
}

/** The synthesized objects of a chart. */
export function synth(chart: Chart): KubernetesObject[] {
  return Testing.synth(chart);
}

/** The synthesized objects of an application, read from its YAML. */
export function synthYaml(app: App): KubernetesObject[] {
  return parseAllDocuments(app.synthYaml()).map((document) => document.toJS());
}

/** The objects of a kind. */
export function ofKind(objects: readonly KubernetesObject[], kind: string): KubernetesObject[] {
  return objects.filter((object) => object.kind === kind);
}

/** `Kind namespace/name` of each object, in order. */
export function names(objects: readonly KubernetesObject[]): string[] {
  return objects.map(({ kind, metadata }) =>
    [kind, [metadata?.namespace, metadata?.name].filter(Boolean).join('/')].join(' '),
  );
}

/** `Kind namespace/name` of each resource selector of a policy. */
export function selected(policy: KubernetesObject | undefined): string[] {
  const spec = policy?.spec as
    | { resourceSelectors?: { kind: string; namespace?: string; name?: string }[] }
    | undefined;
  return (spec?.resourceSelectors ?? []).map(
    ({ kind, namespace, name }) => `${kind} ${[namespace, name].filter(Boolean).join('/')}`,
  );
}

/** The message of the error that a call throws. */
export function messageOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}
