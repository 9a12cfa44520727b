/** The parts of an image that overriders change. Of a tag and a digest only one is kept. */
export interface ImageReference {
  /** Host, with port; empty where the image names none. */
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
  /** With its algorithm: `sha256:…`. */
  readonly digest: string;
}

/** The text is no image, so that Karmada fails to override it; the message goes on where the text was named. */
export class InvalidImage extends Error {}

const domainPart = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const domain = `(?:${domainPart}(?:\\.${domainPart})*|\\[(?:[a-fA-F0-9:]+)\\])(?::[0-9]+)?`;
const pathPart = '[a-z0-9]+(?:(?:[._]|__|[-]+)[a-z0-9]+)*';
const path = `${pathPart}(?:/${pathPart})*`;
const name = `(?:${domain}/)?${path}`;
const tag = '[\\w][\\w.-]{0,127}';
const digest = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';

const reference = new RegExp(`^(${name})(?::(${tag}))?(?:@(${digest}))?$`);
const nameParts = new RegExp(`^(?:${domain}/)?(${path})$`);
const wholeTag = new RegExp(`^${tag}$`);
const wholeDigest = new RegExp(`^${digest}$`);

const longestPath = 255;
const digestLengths: ReadonlyMap<string, number> = new Map([
  ['sha256', 64],
  ['sha384', 96],
  ['sha512', 128],
]);

/**
 * Takes an image apart. What stands before the first slash is a registry only when it has a dot or a port, or is
 * `localhost`. Where there is a tag, a digest is dropped.
 *
 * @throws InvalidImage when it is no image
 * @see Karmada v1.18.2 pkg/util/imageparser/parser.go and github.com/distribution/reference v0.6
 */
export function parseImage(image: string): ImageReference {
  const match = reference.exec(image);
  if (!match) throw new InvalidImage('is no image');
  const [, fullName = '', imageTag = '', imageDigest = ''] = match;
  if ((nameParts.exec(fullName)?.[1] ?? fullName).length > longestPath) throw new InvalidImage('is too long');
  if (imageDigest !== '' && !isKnownDigest(imageDigest)) throw new InvalidImage('has no valid digest');
  const slash = fullName.indexOf('/');
  const host = fullName.slice(0, Math.max(slash, 0));
  const hasRegistry = /[.:]/.test(host) || host === 'localhost';
  return {
    registry: hasRegistry ? host : '',
    repository: hasRegistry ? fullName.slice(slash + 1) : fullName,
    tag: imageTag,
    digest: imageTag === '' ? imageDigest : '',
  };
}

/** Puts an image together again; parts that an overrider emptied leave it invalid, as with Karmada. */
export function formatImage({ registry, repository, tag: imageTag, digest: imageDigest }: ImageReference): string {
  const fullName = registry === '' ? repository : `${registry}/${repository}`;
  if (imageTag !== '') return `${fullName}:${imageTag}`;
  return imageDigest === '' ? fullName : `${fullName}@${imageDigest}`;
}

/** The image with a tag or a digest, whichever the text is; unchanged where it is neither. */
export function withTagOrDigest(image: ImageReference, text: string): ImageReference {
  if (wholeTag.test(text)) return { ...image, tag: text, digest: '' };
  return wholeDigest.test(text) ? { ...image, tag: '', digest: text } : image;
}

function isKnownDigest(text: string): boolean {
  const [algorithm = '', hexadecimal = ''] = text.split(':');
  return digestLengths.get(algorithm) === hexadecimal.length && /^[0-9a-f]+$/.test(hexadecimal);
}
