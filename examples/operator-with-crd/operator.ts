import { join } from 'node:path';
import { ApiObject, Chart, Include } from 'cdk8s';
import { FederatedApp, ResourceInterpreterCustomization } from 'cdk8s-karmada';
import type { Construct } from 'constructs';
import { fleet } from './fleet';

const name = 'cache-operator';
const labels = { app: name };

/** The operator in every cluster, with its CustomResourceDefinition and permissions, and what Karmada has to know of its kind. */
export class CacheOperator extends Chart {
  readonly deployment: ApiObject;

  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: name });
    new ApiObject(this, 'namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });

    const app = new FederatedApp(this, name, { placement: fleet.duplicated(fleet.all()) });
    new Include(app, 'crd', { url: join(__dirname, 'cache-crd.yaml') });
    new ApiObject(app, 'role', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name },
      rules: [
        {
          apiGroups: ['cache.example.com'],
          resources: ['caches', 'caches/status'],
          verbs: ['get', 'list', 'watch', 'update', 'patch'],
        },
        { apiGroups: ['apps'], resources: ['statefulsets'], verbs: ['*'] },
        { apiGroups: [''], resources: ['services'], verbs: ['*'] },
      ],
    });
    new ApiObject(app, 'binding', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace: name }],
    });
    new ApiObject(app, 'account', { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name } });
    this.deployment = new ApiObject(app, 'deployment', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, labels },
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            serviceAccountName: name,
            containers: [{ name: 'manager', image: 'registry.example.com/platform/cache-operator:2.3.1' }],
          },
        },
      },
    });

    // Without it Karmada would send the whole Cache to each cluster: it cannot know that nodes can be divided.
    new ResourceInterpreterCustomization(this, 'cache', {
      target: { apiVersion: 'cache.example.com/v1', kind: 'Cache' },
      customizations: {
        replicaResource: 'function GetReplicas(obj) return obj.spec.nodes, {} end',
        replicaRevision: 'function ReviseReplica(obj, replica) obj.spec.nodes = replica return obj end',
        healthInterpretation:
          'function InterpretHealth(obj) return obj.status ~= nil and obj.status.readyNodes == obj.spec.nodes end',
      },
    });
  }
}
