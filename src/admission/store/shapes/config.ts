import { always, int32, list, optional, pointer, string, struct } from '../shape';
import { objectOf } from './metadata';

const script = pointer(struct({ luaScript: always(string) }));

/** @see Karmada v1.18.2 pkg/apis/config/v1alpha1/resourceinterpretercustomization_types.go */
export const resourceInterpreterCustomization = objectOf({
  spec: always(
    struct({
      target: always(struct({ apiVersion: always(string), kind: always(string) })),
      customizations: always(
        struct({
          retention: script,
          replicaResource: script,
          componentResource: script,
          replicaRevision: script,
          statusReflection: script,
          statusAggregation: script,
          healthInterpretation: script,
          dependencyInterpretation: script,
        }),
      ),
    }),
  ),
});

const strings = list(string);

/** @see Karmada v1.18.2 pkg/apis/config/v1alpha1/resourceinterpreterwebhook_types.go */
export const resourceInterpreterWebhookConfiguration = objectOf({
  webhooks: always(
    list(
      struct({
        name: always(string),
        clientConfig: always(
          struct({
            url: pointer(string),
            service: pointer(
              struct({
                namespace: always(string),
                name: always(string),
                path: pointer(string),
                port: pointer(int32),
              }),
            ),
            caBundle: optional(string),
          }),
        ),
        rules: optional(
          list(
            struct({
              operations: always(strings),
              apiGroups: always(strings),
              apiVersions: always(strings),
              kinds: always(strings),
            }),
          ),
        ),
        timeoutSeconds: pointer(int32),
        interpreterContextVersions: always(strings),
      }),
    ),
  ),
});
