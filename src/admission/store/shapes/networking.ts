import { always, int32, list, optional, pointer, string, struct } from '../shape';
import { objectOf } from './metadata';

const clusterSelector = struct({ name: always(string) });

/** `status.loadBalancer` of a Service and of an Ingress, as far as rules look at it. */
const loadBalancer = struct({
  ingress: optional(list(struct({ ip: optional(string), hostname: optional(string) }))),
});

/** @see Karmada v1.18.2 pkg/apis/networking/v1alpha1/service_types.go */
export const multiClusterService = objectOf({
  spec: always(
    struct({
      types: always(list(string)),
      ports: optional(list(struct({ name: optional(string), port: always(int32) }))),
      range: optional(struct({ clusterNames: optional(list(string)) })),
      serviceProvisionClusters: optional(list(string)),
      serviceConsumptionClusters: optional(list(string)),
      providerClusters: optional(list(clusterSelector)),
      consumerClusters: optional(list(clusterSelector)),
    }),
  ),
  status: optional(struct({ loadBalancer: optional(loadBalancer) })),
});

const backend = struct({
  service: pointer(
    struct({ name: always(string), port: optional(struct({ name: optional(string), number: optional(int32) })) }),
  ),
  resource: pointer(struct({ apiGroup: pointer(string), kind: always(string), name: always(string) })),
});

/** @see Karmada v1.18.2 pkg/apis/networking/v1alpha1/ingress_types.go; Kubernetes api networking/v1/types.go */
export const multiClusterIngress = objectOf({
  spec: optional(
    struct({
      ingressClassName: pointer(string),
      defaultBackend: pointer(backend),
      tls: optional(list(struct({ hosts: optional(list(string)), secretName: optional(string) }))),
      rules: optional(
        list(
          struct({
            host: optional(string),
            http: pointer(
              struct({
                paths: always(
                  list(struct({ path: optional(string), pathType: pointer(string), backend: always(backend) })),
                ),
              }),
            ),
          }),
        ),
      ),
    }),
  ),
  status: optional(struct({ loadBalancer: optional(loadBalancer) })),
});
