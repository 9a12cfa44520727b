import type { Construct, IConstruct } from 'constructs';
import { apiGroup } from '../../kubernetes/object';
import type { Placement } from '../../model/placement';
import type { Problem } from '../../problem/problem';
import { checkValue } from '../../problem/value-kinds';
import { constructName } from '../construct-error';
import { exposureKind, MultiClusterService, type MultiClusterServiceProps } from '../multi-cluster-service';
import type { NamedClusters } from '../named-clusters';
import { type Chosen, chosenTemplate } from './chosen-template';
import type { DerivedChildren } from './derived-children';
import type { Template } from './template';

/** How a Service of the app is exposed in clusters where none of its pods run. Needs the gate MultiClusterService. */
export interface Exposure
  extends Pick<MultiClusterServiceProps, 'types' | 'ports' | 'providerClusters' | 'consumerClusters'> {
  /** Clusters that the pods behind the Service run in. @default - those that the placement names, or else every cluster */
  readonly providerClusters?: NamedClusters;
}

/** An exposure requested for an app. */
export interface ExposureRequest {
  readonly exposure: Exposure;
  /** The Service. @default - the only one */
  readonly service: IConstruct | undefined;
}

/** @throws ModelError `property.unknown` */
export function checkExposure(app: Construct, exposure: Exposure): void {
  checkValue(exposure, exposureKind, () => `expose of ${constructName(app)}`);
}

/** The MultiClusterServices for the requests whose Service exists. */
export function exposures(
  app: Construct,
  children: DerivedChildren,
  templates: readonly Template[],
  requests: readonly ExposureRequest[],
  placement: Placement,
): IConstruct[] {
  return requests.flatMap(({ exposure, service }) => {
    const { template } = exposedTemplate(templates, service);
    if (template === undefined) return [];
    const { providerClusters = namedClusters(placement) } = exposure;
    return children.once(
      `MultiClusterService-${template.name}`,
      (id) =>
        new MultiClusterService(app, id, {
          ...exposure,
          service: template.object,
          ...(providerClusters && { providerClusters }),
        }),
    );
  });
}

/** The exposed Services, which Karmada propagates itself and policies must not select. */
export function exposedTemplates(
  templates: readonly Template[],
  requests: readonly ExposureRequest[],
): readonly (Template | undefined)[] {
  return requests.map(({ service }) => exposedTemplate(templates, service).template);
}

/** The problems of the requests, once all Services exist. */
export function exposureProblems(templates: readonly Template[], requests: readonly ExposureRequest[]): Problem[] {
  return requests.flatMap(({ service }) => exposedTemplate(templates, service).problem ?? []);
}

function exposedTemplate(templates: readonly Template[], service: IConstruct | undefined): Chosen {
  return chosenTemplate(templates, service, {
    isCandidate: ({ apiVersion, kind }) => kind === 'Service' && apiGroup(apiVersion) === '',
    property: 'expose',
    role: 'Service',
    call: 'addExposure(exposure, service)',
  });
}

/** The clusters of the placement, if it selects them by name only. */
function namedClusters({ clusters, groups }: Placement): readonly string[] | undefined {
  const byName = groups.length === 0 && clusters.isByName && clusters.excluded.length === 0;
  return byName ? clusters.names : undefined;
}
