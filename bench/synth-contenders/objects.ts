/** Clusters that every app of the benchmark goes to. */
export const clusters = ['member1', 'member2', 'member3'] as const;

export const namespace = 'default';

/** A plain object. */
export interface PlainObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly spec: Readonly<Record<string, unknown>>;
}

/** Name of an app. */
export const nameOf = (index: number): string => `app-${index}`;

/** Its image; different for each app. */
export const imageOf = (index: number): string => `registry.example.com/team/server:1.0.${index}`;

/** Whether the app has another image in one of the clusters: every third app. */
export const hasOverride = (index: number): boolean => index % 3 === 0;

/** The objects of an app, 3.3 on average. */
export function objectsOf(index: number): PlainObject[] {
  return [deploymentOf(index), serviceOf(index), ...(hasOverride(index) ? [overrideOf(index)] : []), policyOf(index)];
}

export function deploymentOf(index: number): PlainObject {
  const name = nameOf(index);
  const labels = { app: name };
  const container = { name, image: imageOf(index), command: ['server'], args: ['--port', '8080'] };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels },
    spec: {
      replicas: 3,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container] } },
    },
  };
}

export function serviceOf(index: number): PlainObject {
  const name = nameOf(index);
  const labels = { app: name };
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, labels },
    spec: { selector: labels, ports: [{ port: 8080, targetPort: 8080, protocol: 'TCP' }] },
  };
}

export function overrideOf(index: number): PlainObject {
  const name = nameOf(index);
  return {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'OverridePolicy',
    metadata: { name: `${name}-deployment-override`, namespace },
    spec: {
      resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', name }],
      overrideRules: [
        {
          targetCluster: { clusterNames: ['member3'] },
          overriders: { imageOverrider: [{ component: 'Tag', operator: 'replace', value: 'edge' }] },
        },
      ],
    },
  };
}

export function policyOf(index: number): PlainObject {
  const name = nameOf(index);
  return {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'PropagationPolicy',
    metadata: { name: `${name}-propagation`, namespace },
    spec: {
      resourceSelectors: [
        { apiVersion: 'apps/v1', kind: 'Deployment', name },
        { apiVersion: 'v1', kind: 'Service', name },
      ],
      placement: {
        clusterAffinity: { clusterNames: [...clusters] },
        replicaScheduling: {
          replicaSchedulingType: 'Divided',
          replicaDivisionPreference: 'Weighted',
          weightPreference: {
            staticWeightList: clusters.map((one) => ({ targetCluster: { clusterNames: [one] }, weight: 10 })),
          },
        },
      },
    },
  };
}
