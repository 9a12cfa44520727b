import fc from 'fast-check';
import { Override } from '../../src/model/override';
import type { PatchOperation } from '../../src/model/override-patch';
import { anyClusters } from './arbitrary-clusters';

const anyWord = fc.string({ maxLength: 12 });
const someWords = fc.array(anyWord, { minLength: 1, maxLength: 3 });
const anyTag = fc.stringMatching(/^\w[\w.-]{0,20}$/);
const anyHost = fc.constantFrom('mirror.example.com', 'localhost:5000', '10.0.0.1:443', 'r.io/proxy');
const anyRepository = fc.constantFrom('nginx', 'library/nginx', 'a/b__c/d-e');
const anyKey = fc.constantFrom('tier', 'example.com/env', 'a.b');

const anyPath = fc
  .array(fc.stringMatching(/^([a-z0-9.]|~0|~1){1,6}$/), { minLength: 1, maxLength: 4 })
  .map((steps) => `/${steps.join('/')}`);
const anyOperation: fc.Arbitrary<PatchOperation> = fc.oneof(
  fc.record({
    operator: fc.constantFrom('add', 'replace'),
    path: anyPath,
    value: fc.jsonValue({ maxDepth: 2 }),
  }) as fc.Arbitrary<PatchOperation>,
  anyPath.map((path): PatchOperation => ({ operator: 'remove', path })),
);
const someOperations = fc.array(anyOperation, { minLength: 1, maxLength: 3 });
// Karmada rejects null in a field patch.
const someFieldOperations = fc.array(
  anyOperation.filter((operation) => operation.operator === 'remove' || operation.value !== null),
  { minLength: 1, maxLength: 3 },
);

/** Each change exists as a factory and as a refinement. */
type Change = (override: typeof Override | Override) => Override;

const anyChange: fc.Arbitrary<Change> = fc.oneof(
  fc
    .record(
      {
        registry: fc.oneof(anyHost, fc.constant({ remove: true as const })),
        repository: anyRepository,
        tag: fc.oneof(
          anyTag,
          fc.constant({ remove: true as const }),
          anyTag.map((add) => ({ add })),
        ),
        container: fc.nat(3),
      },
      { requiredKeys: ['tag'] },
    )
    .map(
      (change): Change =>
        (override) =>
          override.image(change),
    ),
  fc.record({ container: fc.constant('pipy'), add: someWords }).map(
    (change): Change =>
      (override) =>
        override.command(change),
  ),
  fc
    .record(
      { container: fc.constant('pipy'), add: someWords, remove: someWords },
      { requiredKeys: ['container', 'remove'] },
    )
    .map(
      (change): Change =>
        (override) =>
          override.args(change),
    ),
  fc
    .dictionary(
      anyKey,
      anyTag.filter((tag) => /^[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?$/.test(tag)),
      { minKeys: 1 },
    )
    .map(
      (add): Change =>
        (override) =>
          override.labels({ add }),
    ),
  fc.uniqueArray(anyKey, { minLength: 1 }).map(
    (remove): Change =>
      (override) =>
        override.labels({ remove }),
  ),
  fc.dictionary(anyKey, anyWord, { minKeys: 1 }).map(
    (replace): Change =>
      (override) =>
        override.annotations({ replace }),
  ),
  someOperations.map(
    (operations): Change =>
      (override) =>
        override.jsonPatch(...operations),
  ),
  fc.tuple(anyPath, fc.constantFrom('yaml', 'json'), someFieldOperations).map(
    ([path, format, operations]): Change =>
      (override) =>
        override.fieldPatch(path, format === 'yaml' ? { yaml: operations } : { json: operations }),
  ),
);

/** Any override that the factories make, of one change or several, for some clusters or all. */
export const anyOverride: fc.Arbitrary<Override> = fc
  .record({
    changes: fc.array(anyChange, { minLength: 1, maxLength: 4 }),
    clusters: fc.option(anyClusters, { nil: undefined }),
  })
  .map(({ changes: [first, ...others], clusters }) => {
    const override = others.reduce<Override>((result, change) => change(result), first!(Override));
    return clusters ? override.for(clusters) : override;
  });
