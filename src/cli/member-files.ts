import { createHash } from 'node:crypto';
import { textOf } from '../kubernetes/plain-data';
import { distinctNames, type FolderFile } from '../manifests';
import type { MemberObject, Plan, ReceivedObject, TemplatePlan, TieBreak } from '../planner';
import { rangeText } from '../problem/words';
import { isSecret } from '../report';
import { emitYaml } from '../yaml/emit';

/** An object for one cluster, and its file. Part of the documented shapes. */
export interface MemberFile {
  readonly cluster: string;
  readonly template: string;
  /** Relative to the folder, with `/`. */
  readonly file: string;
  /** Whether the cluster certainly receives it. */
  readonly guaranteed: boolean;
  /** The result of a tie to which it belongs. @default - independent of the UID */
  readonly tie?: TieBreak;
}

/** An object that Karmada fails to make for a cluster. */
export interface MemberFailure {
  readonly cluster: string;
  readonly template: string;
  readonly why: string;
}

/**
 * The files of all member clusters: `CLUSTER/NAMESPACE/KIND-NAME.yaml`, Secrets readable by their owner only.
 *
 * @param tie - of templates whose UID decides, write one result @default - both, told apart by a comment or a second file
 */
export function memberFiles(
  plan: Plan,
  tie?: TieBreak,
): {
  readonly files: readonly FolderFile[];
  readonly objects: readonly MemberFile[];
  readonly failures: readonly MemberFailure[];
} {
  const copiesReceived: (MemberCopy & { readonly candidates: readonly string[] })[] = [];
  const failures: MemberFailure[] = [];
  for (const { name: cluster } of plan.clusters) {
    for (const template of plan.templates) {
      const copies = template.objectsIn(cluster, tie);
      const received = copies.filter(isReceived);
      for (const copy of received) {
        const candidates = pathsOf(copy, template, cluster, received.length > 1);
        copiesReceived.push({ cluster, template, copy, candidates });
      }
      for (const copy of copies) {
        if (copy.kind === 'failed') failures.push({ cluster, template: template.key, why: copy.why });
      }
    }
  }
  const named = copiesReceived.map((item) => ({ item, candidates: item.candidates }));
  const paths = distinctNames(named, ({ cluster, template }) => `${template.key} in ${cluster}`);
  const files = copiesReceived.map(({ cluster, template, copy }, index): FolderFile => {
    const comments = remarks(copy, template, cluster).map((line) => `# ${line}\n`);
    const text = `${comments.join('')}${emitYaml([copy.object])}`;
    return { path: paths[index]!, text, ...(isSecret(copy.object) && { mode: 0o600 }) };
  });
  const objects = copiesReceived.map(({ cluster, template, copy: { guaranteed, tie: side } }, index): MemberFile => {
    return { cluster, template: template.key, file: paths[index]!, guaranteed, ...(side && { tie: side }) };
  });
  return { files, objects, failures };
}

/** What one cluster receives of a template. */
interface MemberCopy {
  readonly cluster: string;
  readonly template: TemplatePlan;
  readonly copy: ReceivedObject;
}

function isReceived(copy: MemberObject): copy is ReceivedObject {
  return copy.kind === 'received';
}

/** Comments for the top of the file: what the object does not show. */
function remarks(copy: ReceivedObject, template: TemplatePlan, cluster: string): string[] {
  const { outcome } = template;
  const lines: string[] = [];
  if (copy.tie !== undefined && outcome.kind === 'either') {
    const side = copy.tie === 'ascending' ? 'first' : 'last';
    lines.push(
      `One of two results: this one comes if ties go to the ${side} name, which the UID of ${outcome.decidedBy} decides.`,
    );
  } else if (!copy.guaranteed) {
    lines.push('Not certain to come to this cluster.');
  }
  if (outcome.kind === 'atRunTime' && template.countsReplicas) {
    lines.push(`The replicas are decided at run time: ${rangeText(template.replicasIn(cluster))}.`);
  }
  if (textOf(copy.object.metadata?.name) === '') {
    lines.push('The API server of Karmada generates its name, so this file cannot be applied as it is.');
  }
  if (copy.suspended) lines.push('Dispatching is suspended: this waits in the control plane.');
  if (copy.kept) lines.push('Nothing is applied at present: the cluster keeps what it received last.');
  return lines;
}

/** Names for the file of a copy: the short one, and one with a hash where two objects differ in what it leaves out. */
function pathsOf({ object, tie }: ReceivedObject, template: TemplatePlan, cluster: string, twice: boolean): string[] {
  // The key names the group where two kinds of one name would be confused.
  const kind = template.key.slice(0, template.key.indexOf('/'));
  const { namespace } = object.metadata ?? {};
  const name = textOf(object.metadata?.name) || template.key.slice(template.key.lastIndexOf('/') + 1);
  const side = twice && tie ? `.${tie}` : '';
  const folder = [cluster, ...(namespace ? [namespace] : [])].map(safeName).join('/');
  const short = safeName(`${kind.toLowerCase()}-${name}${side}`);
  const precise = hashed(short, [object.apiVersion, kind, namespace, name, side].join('\n'));
  return [`${folder}/${short}.yaml`, `${folder}/${precise}.yaml`];
}

const deviceName = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/;

/**
 * A name that every file system takes: Windows knows neither `system:node` nor a file `aux`, and like macOS it does not
 * tell `Admin` from `admin`. Names that have to change get a hash, so that two never become one.
 */
function safeName(name: string): string {
  if (/^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/.test(name) && name.length <= 180 && !deviceName.test(name)) return name;
  const bare = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]/g, '-')
    .replaceAll(/^[^a-z0-9]+|[^a-z0-9]+$/g, '');
  return hashed(`${deviceName.test(bare) ? 'x-' : ''}${bare}`, name);
}

/** A name with a hash of what it stands for behind it. */
function hashed(name: string, identity: string): string {
  return `${name.slice(0, 160)}-${createHash('sha256').update(identity).digest('hex').slice(0, 8)}`;
}
