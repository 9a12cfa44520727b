import { ApiObject, Chart } from 'cdk8s';
import { FederatedApp } from 'cdk8s-karmada';
import type { Construct } from 'constructs';
import { fleet } from './fleet';

const own = fleet.where({ provider: 'own' });
const rented = fleet.where({ provider: 'aws' });

/** Jobs that go where there is room. */
export class Batch extends Chart {
  readonly frames: ApiObject;
  readonly training: ApiObject;

  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'batch' });
    new ApiObject(this, 'namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'batch' } });

    // In proportion to the free capacity of all clusters.
    const frames = new FederatedApp(this, 'frames', { placement: fleet.dynamicallyWeighted(fleet.all()) });
    this.frames = job(frames, 'frames', {
      parallelism: 40,
      completions: 400,
      image: 'registry.example.com/media/render:5.1',
      requests: { cpu: '2', memory: '4Gi' },
    });

    // In as few of our own clusters as possible. What does not fit goes to the rented one.
    const training = new FederatedApp(this, 'training', {
      placement: fleet.aggregated(own).named('own').overflowingTo('rented', rented),
    });
    this.training = job(training, 'training', {
      parallelism: 12,
      image: 'registry.example.com/ml/train:0.9',
      requests: { cpu: '8', memory: '24Gi' },
    });

    // Once a night, not once a night in each cluster: Karmada does not divide a CronJob.
    const report = new FederatedApp(this, 'report', { placement: fleet.duplicated('own-1') });
    new ApiObject(report, 'report', {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'report' },
      spec: {
        schedule: '30 2 * * *',
        timeZone: 'Europe/Berlin',
        concurrencyPolicy: 'Forbid',
        jobTemplate: {
          spec: { template: pod('registry.example.com/media/report:1.3', { cpu: '500m', memory: '1Gi' }) },
        },
      },
    });
  }
}

interface JobProps {
  readonly parallelism: number;
  readonly completions?: number;
  readonly image: string;
  readonly requests: Readonly<Record<'cpu' | 'memory', string>>;
}

function job(app: FederatedApp, name: string, { parallelism, completions, image, requests }: JobProps): ApiObject {
  return new ApiObject(app, 'job', {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name },
    spec: {
      parallelism,
      ...(completions !== undefined && { completions }),
      backoffLimit: 10,
      ttlSecondsAfterFinished: 86_400,
      template: pod(image, requests),
    },
  });
}

/** Karmada counts requests only: without them every cluster has room for as many pods as it has slots. */
function pod(image: string, requests: JobProps['requests']): object {
  return { spec: { restartPolicy: 'Never', containers: [{ name: 'work', image, resources: { requests } }] } };
}
