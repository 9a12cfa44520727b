import type { App } from 'cdk8s';
import type { Contender } from './job';

/** Objects of a layer depend on all objects of the previous layer; `apps` is the number of layers. */
function synthesizeLayers(app: App, layers: number): void {
  const { ApiObject, Chart } = require('cdk8s') as typeof import('cdk8s');
  const chart = new Chart(app, 'layers');
  let before: import('cdk8s').ApiObject[] = [];
  for (let layer = 0; layer < layers; layer++) {
    const objects = ['a', 'b', 'c'].map(
      (name) =>
        new ApiObject(chart, `${name}-${layer}`, {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: `${name}-${layer}` },
        }),
    );
    for (const object of objects) object.addDependency(...before);
    before = objects;
  }
  app.synth();
}

export const federationLayers: Contender = ({ apps, outdir }) => {
  const { Federation } = require('../../src') as typeof import('../../src');
  synthesizeLayers(new Federation({ outdir, lint: false }), apps);
};

export const cdk8sLayers: Contender = ({ apps, outdir }) => {
  const { App } = require('cdk8s') as typeof import('cdk8s');
  synthesizeLayers(new App({ outdir }), apps);
};
