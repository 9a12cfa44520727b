import { posix } from 'node:path';
import { type ApplyPreview, type ApplyRequest, type ApplyStep, applySteps, isPolicy, type Kubectl } from '../apply';
import type { FolderFile } from '../manifests';
import { commandText } from '../process/run-program';
import { isSecret } from '../report';
import { emitYaml } from '../yaml/emit';

/** An apply as files and commands, for a user who runs the commands. */
export interface ApplyCommands {
  /** The objects of each step. */
  readonly files: readonly FolderFile[];
  /** Shell commands in the order of the apply, which read these files. */
  readonly commands: readonly string[];
}

/** @param folder - folder of the files, as the user wrote it */
export function applyCommands(
  preview: ApplyPreview,
  request: ApplyRequest,
  kubectl: Kubectl,
  folder: string,
): ApplyCommands {
  const { apply, prune } = applySteps(preview, request);
  const files: FolderFile[] = [];
  const call = ({ name, objects, args }: ApplyStep): string => {
    const path = `${files.length + 1}-${name}.yaml`;
    if (objects.length > 0) {
      files.push({ path, text: emitYaml(objects), ...(objects.some(isSecret) && { mode: 0o600 }) });
    }
    return commandText(kubectl.call(args(posix.join(folder, path))));
  };
  const applies = apply.map(call);
  const applied = files.map(({ path }) => posix.join(folder, path)).filter((path) => !path.endsWith('-inventory.yaml'));
  const prunes = prune.map(call);
  const waits = prunes.length > 0 && request.wait && !preview.prune.objects.some(isPolicy);
  return {
    files,
    commands: [...applies, ...(waits ? [waitCommand(applied, request, kubectl)] : []), ...prunes],
  };
}

/** What is deleted may be in use until the rollout is done. */
function waitCommand(files: readonly string[], { karmada, wait }: ApplyRequest, { target }: Kubectl): string {
  const { kubeconfig, context } = target;
  const where = ['--kubeconfig', kubeconfig, '--context', context, '--karmada', karmada];
  const args = ['cdk8s-karmada', 'status', ...files, ...where, ...(wait?.health ? [] : ['--no-health'])];
  return `until ${commandText({ program: 'npx', args })}; do sleep 2; done`;
}
