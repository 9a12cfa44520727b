import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { namedKey } from '../../kubernetes/object';
import { podTemplateOf } from '../../kubernetes/pod-template';
import type { FederatedApp } from '../federated-app';
import { identityOf } from '../object-identity';
import { allConstructs } from '../synthesis/construct-tree';
import { isFederatedApp } from './app-scope';

/** A workload that sends requests to a Service. Both are keys such as `Deployment/default/curl`. */
export interface ServiceCall {
  readonly client: string;
  /** The Service; the workload if its app has no Service. */
  readonly server: string;
}

/** The calls from workloads to Services, as the apps of an application declare them with `calls`. */
export function callsIn(root: IConstruct): ServiceCall[] {
  return allConstructs
    .ask(root)
    .filter(isApp)
    .flatMap((client) =>
      client.calls.flatMap((server) => {
        const clients = workloadsOf(client);
        return serversOf(server).flatMap((to) => clients.map((from) => ({ client: keyOf(from), server: keyOf(to) })));
      }),
    );
}

function isApp(construct: IConstruct): construct is FederatedApp {
  return isFederatedApp(construct);
}

function serversOf(app: FederatedApp): readonly ApiObject[] {
  const services = app.resources.filter(({ apiVersion, kind }) => apiVersion === 'v1' && kind === 'Service');
  return services.length > 0 ? services : workloadsOf(app);
}

function workloadsOf(app: FederatedApp): readonly ApiObject[] {
  return app.resources.filter((object) => podTemplateOf(object.toJson()) !== undefined);
}

function keyOf(object: ApiObject): string {
  return namedKey(identityOf(object));
}
