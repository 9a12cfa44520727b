import { labelCauses } from '../../kubernetes/metadata';
import type { KubernetesObject } from '../../kubernetes/object';
import type { Faults } from './faults';
import type { Amounts, Texts, Toleration } from './pod-types';
import { checkAmount } from './resources';
import { checkTolerations } from './scheduling';

interface RuntimeClassFields {
  readonly overhead?: { readonly podFixed?: Amounts };
  readonly scheduling?: { readonly nodeSelector?: Texts; readonly tolerations?: readonly Toleration[] };
}

/** @see Kubernetes pkg/apis/node/validation/validation.go, ValidateRuntimeClass */
export function checkRuntimeClass(object: KubernetesObject, faults: Faults): void {
  const { overhead, scheduling } = object as RuntimeClassFields;
  for (const [name, amount] of Object.entries(overhead?.podFixed ?? {})) {
    checkAmount(amount, `overhead.podFixed[${name}]`, faults);
  }
  if (scheduling?.nodeSelector) faults.addAll(labelCauses(scheduling.nodeSelector, 'scheduling.nodeSelector'));
  if (scheduling?.tolerations) checkTolerations(scheduling.tolerations, 'scheduling.tolerations', faults);
}

interface ClaimSpec {
  readonly devices?: {
    readonly requests?: readonly {
      readonly name?: string;
      readonly exactly?: object;
      readonly firstAvailable?: readonly object[];
    }[];
  };
}

/** @see Kubernetes pkg/apis/resource/validation/validation.go, validateResourceClaimSpec */
export function checkResourceClaim({ spec }: KubernetesObject, faults: Faults): void {
  checkClaim((spec ?? {}) as ClaimSpec, 'spec', faults);
}

export function checkResourceClaimTemplate({ spec }: KubernetesObject, faults: Faults): void {
  checkClaim((spec as { readonly spec?: ClaimSpec } | undefined)?.spec ?? {}, 'spec.spec', faults);
}

function checkClaim({ devices }: ClaimSpec, path: string, faults: Faults): void {
  const requests = devices?.requests ?? [];
  const at = `${path}.devices.requests`;
  faults.unique(
    at,
    requests.map(({ name }) => name),
    'name',
  );
  requests.forEach(({ exactly, firstAvailable = [] }, index) => {
    if (!exactly && firstAvailable.length === 0) {
      faults.missing(`${at}[${index}]`, 'needs exactly or firstAvailable', 'add exactly: { deviceClassName: … }');
    } else if (exactly && firstAvailable.length > 0) {
      faults.excluded(`${at}[${index}]`, 'has exactly and firstAvailable', 'keep one of them');
    }
  });
}
