import { Chart, Duration, Size } from 'cdk8s';
import { ConfigMap, Cpu, Deployment, EnvValue, Ingress, IngressBackend, Probe } from 'cdk8s-plus-33';
import type { Construct } from 'constructs';

/** An application for one cluster, as it was before: this file does not mention Karmada. */
export class Tickets extends Chart {
  readonly deployment: Deployment;

  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'tickets', labels: { team: 'support' } });

    const settings = new ConfigMap(this, 'settings', { data: { 'log-level': 'info', locale: 'en' } });
    this.deployment = new Deployment(this, 'server', {
      replicas: 4,
      containers: [
        {
          image: 'registry.example.com/support/tickets:7.0.2',
          portNumber: 8080,
          envVariables: { LOG_LEVEL: EnvValue.fromConfigMap(settings, 'log-level') },
          resources: {
            cpu: { request: Cpu.millis(250) },
            memory: { request: Size.mebibytes(256), limit: Size.mebibytes(512) },
          },
          readiness: Probe.fromHttpGet('/ready', { port: 8080, periodSeconds: Duration.seconds(5) }),
        },
      ],
    });
    const service = this.deployment.exposeViaService({ ports: [{ port: 80, targetPort: 8080 }] });
    new Ingress(this, 'ingress', {
      rules: [{ host: 'tickets.example.com', path: '/', backend: IngressBackend.fromService(service) }],
    });
  }
}
