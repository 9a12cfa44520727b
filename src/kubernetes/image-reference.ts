/** The parts of an image that overriders change. Either a tag or a digest is kept, not both. */
export interface ImageReference {
  /** Host, with port; empty if the image has none. */
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
  /** With its algorithm: `sha256:…`. */
  readonly digest: string;
}

/** The text is not an image, so Karmada fails to override it. The message continues a sentence that begins with the text. */
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
 * Splits an image into its parts. The part before the first slash is a registry only if it has a dot or a port, or is
 * `localhost`. A digest after a tag is dropped.
 *
 * @throws InvalidImage if it is not an image
 * @see Karmada v1.18.2 pkg/util/imageparser/parser.go and github.com/distribution/reference v0.6
 */
export function parseImage(image: string): ImageReference {
  const match = reference.exec(image);
  if (!match) throw new InvalidImage('is not an image');
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

/** Joins the parts of an image. If an overrider emptied a part, the result may be invalid, as in Karmada. */
export function formatImage({ registry, repository, tag: imageTag, digest: imageDigest }: ImageReference): string {
  const fullName = registry === '' ? repository : `${registry}/${repository}`;
  if (imageTag !== '') return `${fullName}:${imageTag}`;
  return imageDigest === '' ? fullName : `${fullName}@${imageDigest}`;
}

/** The image with the text as its tag or digest; unchanged if the text is neither. */
export function withTagOrDigest(image: ImageReference, text: string): ImageReference {
  if (wholeTag.test(text)) return { ...image, tag: text, digest: '' };
  return wholeDigest.test(text) ? { ...image, tag: '', digest: text } : image;
}

function isKnownDigest(text: string): boolean {
  const [algorithm = '', hexadecimal = ''] = text.split(':');
  return digestLengths.get(algorithm) === hexadecimal.length && /^[0-9a-f]+$/.test(hexadecimal);
}
