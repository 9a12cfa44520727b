import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contender } from './job';
import { deploymentOf, hasOverride, nameOf, objectsOf, overrideOf, policyOf, serviceOf } from './objects';

/** Writes each app's objects as text, without any constructs. */
function writing(objects: (index: number) => readonly unknown[], toText: (object: unknown) => string): Contender {
  return ({ apps, charts, outdir }) => {
    const all = Array.from({ length: apps }, (_, index) => objects(index));
    if (charts === 'one') writeFileSync(join(outdir, 'apps.yaml'), all.flat().map(toText).join('---\n'));
    else {
      all.forEach((ofApp, index) => {
        writeFileSync(join(outdir, `${nameOf(index)}.yaml`), ofApp.map(toText).join('---\n'));
      });
    }
  };
}

/** The lower bound: the time to create the objects and any text of them. */
export const json = writing(objectsOf, (object) => `${JSON.stringify(object)}\n`);

export const yaml: Contender = (job) => {
  const { stringify } = require('yaml') as typeof import('yaml');
  writing(objectsOf, (object) => stringify(object, { lineWidth: 0, version: '1.1', aliasDuplicateObjects: false }))(
    job,
  );
};

export const jsYaml: Contender = (job) => {
  const { dump } = require('js-yaml') as typeof import('js-yaml');
  writing(objectsOf, (object) => dump(object, { noRefs: true, lineWidth: -1 }))(job);
};

/** Models that validate Kubernetes' kinds. Karmada's kinds have no models and are plain objects. */
export const kubernetesModels: Contender = (job) => {
  const { Deployment } =
    require('kubernetes-models/apps/v1/Deployment') as typeof import('kubernetes-models/apps/v1/Deployment');
  const { Service } = require('kubernetes-models/v1/Service') as typeof import('kubernetes-models/v1/Service');
  const { dump } = require('js-yaml') as typeof import('js-yaml');
  const validated = (index: number) => {
    const models = [new Deployment(deploymentOf(index) as never), new Service(serviceOf(index) as never)];
    for (const model of models) model.validate();
    return [
      ...models.map((model) => model.toJSON()),
      ...(hasOverride(index) ? [overrideOf(index)] : []),
      policyOf(index),
    ];
  };
  writing(validated, (object) => dump(object, { noRefs: true, lineWidth: -1 }))(job);
};
