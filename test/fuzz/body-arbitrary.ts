/** Bodies as the gateway hands them over: good ones, good ones that something was done to, and rubbish. */
import fc from 'fast-check';
import { batchArbitrary } from './batch-arbitrary.ts';
import { keptBodies } from './corpus.ts';
import { type Json, mutateText, mutateTree, textMutation, treeMutation } from './mutation.ts';
import { oddText } from './odd-values.ts';

export interface SentBody {
  body: string | undefined;
  isBase64: boolean;
}

const keptTexts = keptBodies.map(({ body, isBase64 }) => (isBase64 ? Buffer.from(body, 'base64').toString() : body));
/** Some are nested deeper than a copy can be made of them. */
const keptTrees = keptTexts.filter((text) => !text.includes('['.repeat(100))).flatMap(parsed);

function parsed(text: string): Json[] {
  try {
    return [JSON.parse(text) as Json];
  } catch {
    return [];
  }
}

const untouched = batchArbitrary.map((batch) => ({ body: JSON.stringify(batch), isBase64: false }));
const encoded = batchArbitrary.map((batch) => ({
  body: Buffer.from(JSON.stringify(batch)).toString('base64'),
  isBase64: true,
}));

const tree: fc.Arbitrary<Json> = fc.oneof(
  { weight: 3, arbitrary: batchArbitrary as unknown as fc.Arbitrary<Json> },
  { weight: 2, arbitrary: fc.constantFrom(...keptTrees) },
);
const text: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: batchArbitrary.map((batch) => JSON.stringify(batch)) },
  { weight: 2, arbitrary: fc.constantFrom(...keptTexts) },
);
const mutated = fc
  .tuple(tree, fc.array(treeMutation, { minLength: 1, maxLength: 3 }), fc.boolean())
  .map(([value, mutations, isBase64]) => sent(Buffer.from(JSON.stringify(mutateTree(value, mutations))), isBase64));
const damaged = fc
  .tuple(text, fc.array(textMutation, { minLength: 1, maxLength: 2 }), fc.boolean())
  .map(([value, mutations, isBase64]) => sent(mutateText(value, mutations), isBase64));
const both = fc
  .tuple(tree, treeMutation, textMutation, fc.boolean())
  .map(([value, tree, text, isBase64]) =>
    sent(mutateText(JSON.stringify(mutateTree(value, [tree])), [text]), isBase64),
  );
/** Base64 that is none, text with halves of characters in it, bytes of any kind. */
const rubbish = fc.oneof(
  fc.tuple(oddText, fc.boolean()).map(([body, isBase64]) => ({ body, isBase64 })),
  fc
    .tuple(fc.uint8Array({ maxLength: 200 }), fc.boolean())
    .map(([bytes, isBase64]) => sent(Buffer.from(bytes), isBase64)),
  fc.jsonValue().map((value) => ({ body: JSON.stringify(value), isBase64: false })),
  fc.integer({ min: 1, max: 90_000 }).map((length) => ({ body: 'A'.repeat(length), isBase64: length % 2 === 0 })),
  fc.tuple(batchArbitrary, fc.nat(60)).map(([batch, at]) => {
    const text = Buffer.from(JSON.stringify(batch)).toString('base64');
    return { body: `${text.slice(0, at)}*${text.slice(at)}`, isBase64: true };
  }),
  fc.constant({ body: undefined, isBase64: false }),
);

function sent(bytes: Buffer, isBase64: boolean): SentBody {
  return { body: bytes.toString(isBase64 ? 'base64' : 'utf8'), isBase64 };
}

export const bodyArbitrary: fc.Arbitrary<SentBody> = fc.oneof(
  { weight: 36, arbitrary: untouched },
  { weight: 6, arbitrary: encoded },
  { weight: 34, arbitrary: mutated },
  { weight: 14, arbitrary: damaged },
  { weight: 5, arbitrary: both },
  { weight: 5, arbitrary: rubbish },
);
