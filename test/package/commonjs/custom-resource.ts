import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';

/** What a generated L1 of any custom resource looks like to the library. */
export class Deployment extends ApiObject {
  constructor(scope: Construct, id: string) {
    super(scope, id, { apiVersion: 'example.org/v1', kind: 'FlinkLike', spec: { jobs: 2 } });
  }
}
