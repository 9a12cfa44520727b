import { type ImageReference, InvalidImage, parseImage } from './image-reference';
import type { KubernetesObject } from './object';
import { fieldAt, textOf } from './plain-data';
import { containersIn, type PodContainer, podTemplateOf } from './pod-template';

/** The image of a container in a pod template. */
export interface ContainerImage {
  /** Name of the container. */
  readonly container: string;
  readonly list: PodContainer['list'];
  /** As written. */
  readonly image: string;
  /** Registry and repository as they stand in the image: `ghcr.io/team/web`, `nginx`. Empty for a text that is not an image. */
  readonly source: string;
  /** The repository alone: `team/web`, `nginx`. Empty for a text that is not an image. */
  readonly repository: string;
  /** JSON pointer to the image, such as `/spec/template/spec/containers/0/image`. */
  readonly pointer: string;
}

/** The images of an object's pod template, init containers first. Empty without a pod template. */
export function containerImagesOf(object: KubernetesObject): readonly ContainerImage[] {
  const template = podTemplateOf(object);
  if (template === undefined) return [];
  return containersIn(template.spec).map(({ list, container, path }) => {
    const image = textOf(fieldAt(container, 'image'));
    const { registry, repository } = partsOf(image);
    return {
      container: textOf(fieldAt(container, 'name')),
      list,
      image,
      source: registry === '' ? repository : `${registry}/${repository}`,
      repository,
      pointer: `/${template.specPath.replaceAll('.', '/')}/${path.replace('[', '/').replace(']', '')}/image`,
    };
  });
}

/** Whether a name is that of the container, or the repository of its image, with or without registry. */
export function isNamed({ container, source, repository }: ContainerImage, name: string): boolean {
  return name === container || name === source || name === repository;
}

function partsOf(image: string): Pick<ImageReference, 'registry' | 'repository'> {
  try {
    return parseImage(image);
  } catch (error) {
    if (error instanceof InvalidImage) return { registry: '', repository: '' };
    throw error;
  }
}
