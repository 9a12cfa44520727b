import { ApiObject } from 'cdk8s';
import { type Contract, FederatedApp } from 'cdk8s-karmada';
import type { Construct } from 'constructs';
import { tiers } from './tiers';

/** Props of {@link TeamService}. */
export interface TeamServiceProps {
  /** Team that owns the service. */
  readonly team: string;
  readonly tier: keyof typeof tiers;
  readonly image: string;
  /** Port of HTTP, with `/ready` and `/metrics`. */
  readonly port: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Services that this one sends requests to. @default - none */
  readonly calls?: readonly TeamService[];
}

/** An HTTP service as this company runs it: teams say what it is, the tier says where and how often it runs. */
export class TeamService extends FederatedApp {
  /** What the tier promises. */
  readonly contracts: readonly Contract[];

  constructor(scope: Construct, id: string, props: TeamServiceProps) {
    const { team, tier, image, port, env, calls } = props;
    const { placement, replicas, minAvailable, contracts } = tiers[tier];
    super(scope, id, {
      placement,
      replicas,
      image,
      port,
      ...(env && { env }),
      ...(calls && { calls }),
      requests: { cpu: '100m', memory: '128Mi' },
      limits: { memory: '256Mi' },
      readinessProbe: { httpGet: { path: '/ready' } },
    });
    for (const object of [this.deployment, this.service]) {
      object?.metadata.addLabel('example.com/team', team);
      object?.metadata.addLabel('example.com/tier', tier);
    }
    this.service?.metadata.addAnnotation('prometheus.io/scrape', 'true');
    if (minAvailable > 0) {
      new ApiObject(this, 'budget', {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: { name: id },
        spec: { minAvailable, selector: { matchLabels: { app: id } } },
      });
    }
    this.contracts = contracts(this);
  }
}
