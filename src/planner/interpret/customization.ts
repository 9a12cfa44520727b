import type * as Lua from 'luaparse';
import { apiGroup, type KubernetesObject, kindKey } from '../../kubernetes/object';
import { fieldAt, listOf, textOf } from '../../kubernetes/plain-data';
import type { ControlPlaneState } from '../control-plane-state/control-plane-state';
import { parseLua } from './lua-script';

/** The interpreter operations that the planner uses, as fields of a customization. */
export type CustomizedOperation =
  | 'replicaResource'
  | 'componentResource'
  | 'replicaRevision'
  | 'dependencyInterpretation';

const operationNames: Readonly<Record<CustomizedOperation, string>> = {
  replicaResource: 'InterpretReplica',
  componentResource: 'InterpretComponent',
  replicaRevision: 'ReviseReplica',
  dependencyInterpretation: 'InterpretDependency',
};

/** A script or webhook that interprets a kind before Karmada's built-in interpreters. */
export type Customization =
  /** `parsed` throws a SyntaxError if the script does not parse. */
  | { readonly type: 'script'; readonly parsed: () => Lua.Chunk; readonly by: string }
  | { readonly type: 'webhook'; readonly by: string };

/** The customizations among the manifests, by kind and operation. */
export class Customizations {
  readonly #scripts = new Map<string, Customization>();
  /** Unlike other operations, several customizations may say what a kind depends on. */
  readonly #dependencies = new Map<string, Customization[]>();
  readonly #webhooks: readonly KubernetesObject[];

  constructor(state: ControlPlaneState) {
    for (const { object } of state.ofKind(configApi, 'ResourceInterpreterCustomization')) {
      const target = fieldAt(object, 'spec', 'target');
      const kind = kindKey({
        apiVersion: textOf(fieldAt(target, 'apiVersion')),
        kind: textOf(fieldAt(target, 'kind')),
      });
      for (const operation of Object.keys(operationNames)) {
        const script = textOf(fieldAt(object, 'spec', 'customizations', operation, 'luaScript'));
        const by = `ResourceInterpreterCustomization/${textOf(object.metadata?.name)}`;
        if (!script) continue;
        const customization = { type: 'script', parsed: parsedOnce(script), by } as const;
        this.#scripts.set(`${kind} ${operation}`, customization);
        if (operation !== 'dependencyInterpretation') continue;
        this.#dependencies.set(kind, [...(this.#dependencies.get(kind) ?? []), customization]);
      }
    }
    this.#webhooks = state.ofKind(configApi, 'ResourceInterpreterWebhookConfiguration').map(({ object }) => object);
  }

  get isEmpty(): boolean {
    return this.#scripts.size === 0 && this.#webhooks.length === 0;
  }

  /** All customizations that say what a template depends on; empty if Karmada's built-in interpreters apply. */
  ofDependencies(template: KubernetesObject): readonly Customization[] {
    const custom = this.of(template, 'dependencyInterpretation');
    return custom?.type === 'script' ? (this.#dependencies.get(kindKey(template)) ?? []) : custom ? [custom] : [];
  }

  /** The customization of one operation for one kind; undefined if Karmada's built-in interpreters apply. */
  of(template: KubernetesObject, operation: CustomizedOperation): Customization | undefined {
    const script = this.#scripts.get(`${kindKey(template)} ${operation}`);
    if (script) return script;
    for (const configuration of this.#webhooks) {
      const hooks = listOf(configuration['webhooks']).some((hook) => webhookCovers(hook, template, operation));
      if (!hooks) continue;
      return { type: 'webhook', by: `ResourceInterpreterWebhookConfiguration/${textOf(configuration.metadata?.name)}` };
    }
    return undefined;
  }
}

/** A script that is parsed on first use. */
function parsedOnce(script: string): () => Lua.Chunk {
  let chunk: Lua.Chunk | undefined;
  return () => {
    chunk ??= parseLua(script);
    return chunk;
  };
}

const configApi = 'config.karmada.io/v1alpha1';

function webhookCovers(hook: unknown, template: KubernetesObject, operation: CustomizedOperation): boolean {
  const group = apiGroup(template.apiVersion);
  const version = template.apiVersion.slice(group === '' ? 0 : group.length + 1);
  return listOf(fieldAt(hook, 'rules')).some((rule) => {
    const covers = (field: string, value: string) => {
      const values = listOf(fieldAt(rule, field));
      return values.includes('*') || values.includes(value);
    };
    return (
      covers('operations', operationNames[operation]) &&
      covers('apiGroups', group) &&
      covers('apiVersions', version) &&
      covers('kinds', template.kind)
    );
  });
}
