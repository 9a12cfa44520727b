import { ApiObject, Chart, Duration } from 'cdk8s';
import { ClusterTaintPolicy, Failover, FederatedApp, Toleration } from 'cdk8s-karmada';
import type { Construct } from 'constructs';
import { fleet } from './fleet';

const labels = { app: 'orders-db' };

/** One PostgreSQL server. It runs at site A, and at site B if site A fails. */
export class Database extends Chart {
  readonly orders: FederatedApp;
  readonly server: ApiObject;

  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'orders' });
    new ApiObject(this, 'namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'orders' } });

    this.orders = new FederatedApp(this, 'orders-db', {
      // Both groups have one cluster, so that the server, its Service and its settings make the same choice.
      placement: fleet
        .duplicated('site-a')
        .named('primary')
        .orElse('standby', fleet.in('site-b'))
        // A short interruption does not move the database.
        .tolerating(Toleration.notReady(Duration.minutes(2)), Toleration.unreachable(Duration.minutes(2))),
      // The old server is deleted before a new one starts: two servers would both write to the archive.
      failover: Failover.of({ cluster: { purgeMode: 'Directly' } }),
    });

    const settings = new ApiObject(this.orders, 'settings', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'orders-db' },
      data: { WALG_S3_PREFIX: 's3://backups.example.com/orders-db', PGDATA: '/var/lib/postgresql/data/pgdata' },
    });
    const image = 'registry.example.com/data/postgres-walg:17.2';
    const volumeMounts = [{ name: 'data', mountPath: '/var/lib/postgresql/data' }];
    const envFrom = [{ configMapRef: { name: settings.name } }];
    this.server = new ApiObject(this.orders, 'server', {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'orders-db', labels },
      spec: {
        replicas: 1,
        serviceName: 'orders-db',
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            // Karmada moves no data: a new server starts from the archive.
            initContainers: [{ name: 'restore', image, command: ['restore-if-empty'], envFrom, volumeMounts }],
            containers: [
              {
                name: 'postgres',
                image,
                ports: [{ name: 'postgres', containerPort: 5432 }],
                envFrom,
                volumeMounts,
                resources: { requests: { cpu: '1', memory: '2Gi' }, limits: { memory: '2Gi' } },
                readinessProbe: { exec: { command: ['pg_isready'] } },
              },
            ],
          },
        },
        volumeClaimTemplates: [
          {
            metadata: { name: 'data' },
            spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '20Gi' } } },
          },
        ],
      },
    });
    new ApiObject(this.orders, 'service', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'orders-db', labels },
      spec: { clusterIP: 'None', selector: labels, ports: [{ name: 'postgres', port: 5432 }] },
    });

    new ClusterTaintPolicy(this, 'not-ready', {
      metadata: {
        // The linter cannot know the flags of the webhook. The annotation also holds for `cdk8s-karmada lint`.
        annotations: {
          'cdk8s-karmada.dev/lint-ignore': 'valid-admission: karmada-webhook runs with the flag of the README',
        },
      },
      targetClusters: fleet.where({ labels: { tier: 'database' } }),
      addOnConditions: [{ conditionType: 'Ready', operator: 'NotIn', statusValues: ['True'] }],
      removeOnConditions: [{ conditionType: 'Ready', operator: 'In', statusValues: ['True'] }],
      taints: [{ key: 'cluster.karmada.io/not-ready', effect: 'NoExecute' }],
      allowNoExecute: true,
    });
  }
}
