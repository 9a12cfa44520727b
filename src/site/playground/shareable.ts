import { unfolded } from '../../kubernetes/list';
import type { KubernetesObject } from '../../kubernetes/object';
import { isEqualData } from '../../kubernetes/plain-data';
import { readManifestsFrom } from '../../manifests/parse-manifests';
import { withoutSecrets } from '../../view/without-secrets';
import { emitYaml } from '../../yaml/emit';
import { fileNames, type Inputs } from './inputs';

/**
 * What was written, as an address may contain it. A document with a Secret, or with an override of one, is written anew without
 * its values and comments.
 *
 * @returns undefined if a part cannot be read, because values of Secrets may be in it
 */
export function shareable(inputs: Inputs): Inputs | undefined {
  const parts: string[] = [];
  for (const part of inputs.manifests.split(/^---(?=\s|$)/m)) {
    const { manifests, problems } = readManifestsFrom(part, fileNames.manifests);
    const isEmpty = problems.length > 0 && problems.every(({ code }) => code === 'read.empty');
    if (problems.length > 0 && !isEmpty) return undefined;
    const objects = unfolded(manifests).map(({ object }) => object);
    const masked = objects.map(masking);
    const isOpen = objects.every((object, index) => isEqualData(object, masked[index]));
    parts.push(isOpen ? part : `\n${masked.map((object) => emitYaml([object])).join('---\n')}`);
  }
  return { ...inputs, manifests: parts.join('---') };
}

/** A kind that is half typed may become a Secret, so its data are left out as well. */
function masking(object: KubernetesObject): KubernetesObject {
  const { kind } = object;
  if (kind === 'ConfigMap' && object['stringData'] === undefined) return withoutSecrets(object);
  const hasData = object['data'] !== undefined || object['stringData'] !== undefined;
  return hasData ? { ...withoutSecrets({ ...object, kind: 'Secret' }), kind } : withoutSecrets(object);
}
