import { fieldAt, listOf, recordOf, textOf } from '../../kubernetes/plain-data';
import type { TemplatePlan } from '../../planner';
import { joinWords } from '../../problem/words';
import { missingPolicy } from '../analysis/missing-object';
import { answersAcrossClusters } from '../analysis/multi-cluster-services';
import { definePlanRule, type PlanContext } from '../engine/rule';

/** A Service that an Ingress or a route sends requests to. */
interface Backend {
  readonly name: string;
  readonly namespace: string;
  readonly path: string;
}

/** @see Karmada v1.18.2 pkg/resourceinterpreter/default/native/dependencies.go, getIngressDependencies: the Secrets of tls alone */
export const noIngressWithoutService = definePlanRule({
  id: 'no-ingress-without-service',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P47'],
  rank: 320,
  summary: 'Every cluster that receives an Ingress or a route receives the Services behind it.',
  rationale:
    'an Ingress uses the Services of its own cluster, and propagateDeps carries only its TLS Secrets, never its backends',
  check(context) {
    for (const ingress of context.plan.templates) {
      const backends = uniqueBackends(backendsOf(ingress));
      for (const backend of backends) reportMissing(ingress, backend, context);
    }
  },
});

function reportMissing(ingress: TemplatePlan, { name, namespace, path }: Backend, context: PlanContext): void {
  const { plan, report } = context;
  const clusters = ingress.possibleClusters;
  if (clusters.length === 0) return;
  const key = `Service/${namespace}/${name}`;
  const service = plan.template(key);
  // require-referenced-object reports a missing Service.
  if (!service) return;
  const across = answersAcrossClusters(service, context);
  const there = new Set(service.possibleClusters);
  const without = clusters.filter((cluster) => !there.has(cluster) && across !== 'all' && !across.has(cluster));
  if (without.length === 0 || service.outcome.kind === 'unschedulable') return;
  const unmatched = service.outcome.kind === 'unmatched';
  report({
    at: ingress.manifest,
    path,
    ...(unmatched && { missing: missingPolicy }),
    message: unmatched
      ? `goes to ${joinWords(clusters, 'and')} and routes requests to ${key}, which no policy propagates`
      : `goes to ${joinWords(without, 'and')}, but its backend ${key} goes only to ${joinWords([...there], 'and')}`,
    fix: unmatched
      ? `select ${key} in the policy that sends ${ingress.key}`
      : `send ${key} to ${joinWords(without, 'and')} as well, or ${ingress.key} only to ${joinWords([...there], 'and')}`,
    ...(unmatched && { cause: `policy of ${service.key}` }),
  });
}

function backendsOf({ manifest: { object } }: TemplatePlan): readonly Backend[] {
  const namespace = textOf(object.metadata?.namespace);
  if (object.kind === 'Ingress' && object.apiVersion === 'networking.k8s.io/v1')
    return ingressBackends(object.spec, namespace);
  if (object.apiVersion.startsWith('gateway.networking.k8s.io/') && object.kind.endsWith('Route')) {
    return routeBackends(object.spec, namespace);
  }
  return [];
}

function ingressBackends(spec: unknown, namespace: string): readonly Backend[] {
  const backend = (holder: unknown, path: string): readonly Backend[] => {
    const name = textOf(fieldAt(holder, 'service', 'name'));
    return name === '' ? [] : [{ name, namespace, path: `${path}.service.name` }];
  };
  return [
    ...backend(fieldAt(spec, 'defaultBackend'), 'spec.defaultBackend'),
    ...listOf(fieldAt(spec, 'rules')).flatMap((rule, at) =>
      listOf(fieldAt(rule, 'http', 'paths')).flatMap((each, index) =>
        backend(fieldAt(each, 'backend'), `spec.rules[${at}].http.paths[${index}].backend`),
      ),
    ),
  ];
}

function routeBackends(spec: unknown, namespace: string): readonly Backend[] {
  return listOf(fieldAt(spec, 'rules')).flatMap((rule, at) =>
    listOf(fieldAt(rule, 'backendRefs')).flatMap((reference, index): readonly Backend[] => {
      const fields = recordOf(reference) ?? {};
      const name = textOf(fields['name']);
      if (name === '' || (fields['kind'] ?? 'Service') !== 'Service' || textOf(fields['group']) !== '') return [];
      return [
        {
          name,
          namespace: textOf(fields['namespace']) || namespace,
          path: `spec.rules[${at}].backendRefs[${index}].name`,
        },
      ];
    }),
  );
}

/** A Service that several paths route to is one backend. */
function uniqueBackends(backends: readonly Backend[]): readonly Backend[] {
  return [...new Map([...backends].reverse().map((each) => [`${each.namespace}/${each.name}`, each])).values()];
}
