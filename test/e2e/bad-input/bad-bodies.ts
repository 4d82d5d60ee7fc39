import {
  type Batch,
  elementsPerBatchMax,
  eventsPerBatchMax,
  formatVersion,
  kind,
  navigation,
  pagesPerBatchMax,
} from '../../../functions/contract/event.ts';
import { newBatch, wireButton, wirePage } from '../batch.ts';

/** A body that must be refused, and how. `change` makes it of a good batch: JSON, or any text. */
export interface BadBody {
  what: string;
  code: string;
  status?: number;
  change(good: Batch): unknown;
}

const view = [kind.view, 0, 0, navigation.load];
const click = [kind.click, 0, 0, 2048, 2048, 0];
const change = (what: string, code: string, changes: object): BadBody => ({
  what,
  code,
  change: (good) => ({ ...good, ...changes }),
});
const events = (what: string, ...x: unknown[]) => change(what, 'bad-event', { e: [wireButton], x });
const hourMs = 3_600_000;

export const badBodies: BadBody[] = [
  { what: 'no body', code: 'empty-body', change: () => '' },
  { what: 'a truncated body', code: 'bad-json', change: (good) => JSON.stringify(good).slice(0, -20) },
  {
    what: 'a body of 1 MB',
    code: 'body-too-large',
    status: 413,
    change: (good) => ({ ...good, junk: 'x'.repeat(1_048_576) }),
  },
  { what: '30,000 nested lists', code: 'bad-batch', change: () => '['.repeat(30_000) + ']'.repeat(30_000) },
  { what: 'something that is no JSON', code: 'bad-json', change: () => 'v=1&k=demo' },
  { what: 'null', code: 'bad-batch', change: () => 'null' },
  { what: 'a list', code: 'bad-batch', change: (good) => [good] },
  { what: 'a text', code: 'bad-batch', change: () => '"batch"' },
  { what: 'an empty object', code: 'bad-version', change: () => '{}' },

  change('a format version to come', 'bad-version', { v: formatVersion + 1 }),
  change('a format version of long ago', 'bad-version', { v: formatVersion - 1 }),
  change('a format version as text', 'bad-version', { v: String(formatVersion) }),
  change('no key', 'bad-key', { k: undefined }),
  change('an empty key', 'bad-key', { k: '' }),
  change('a key that is a number', 'bad-key', { k: 7 }),
  change('a key of 1,000 characters', 'bad-key', { k: 'k'.repeat(1_000) }),
  { ...change('a wrong key', 'unknown-key', { k: 'not-the-key' }), status: 403 },
  change('a load that is a number', 'bad-load', { l: 12 }),
  change('a load that is too short', 'bad-load', { l: 'abc' }),
  change('a batch number below zero', 'bad-number', { n: -1 }),
  change('half a batch number', 'bad-number', { n: 0.5 }),
  change('a clock that is a text', 'bad-clock', { t: 'noon' }),
  change('no clock', 'bad-clock', { s: null }),
  { what: 'a batch made 25 h ago', code: 'too-old', change: (good) => ({ ...good, t: good.s - 25 * hourMs }) },
  change('a token that is a number', 'bad-token', { i: 1 }),
  change('a token of 1,000 characters', 'bad-token', { i: 'i'.repeat(1_000) }),
  change('an origin that is a list', 'bad-origin', { o: [] }),
  change('a language that is null', 'bad-language', { g: null }),

  change('pages that are no list', 'bad-pages', { p: { 0: wirePage('/') } }),
  change('a page that is a text', 'bad-page', { p: ['/'] }),
  change('a path that is a number', 'bad-page', { p: [wirePage(404 as unknown as string)] }),
  change('a title that is null', 'bad-page', { p: [wirePage('/', null as unknown as string)] }),
  change('a viewport that is a text', 'bad-page', { p: [['/', '', '', '1280', 800, 2000, []]] }),
  change('two UTM fields', 'bad-page', { p: [['/', '', '', 1280, 800, 2000, ['a', 'b']]] }),
  change('33 pages', 'too-many-pages', { p: Array.from({ length: pagesPerBatchMax + 1 }, () => wirePage('/')) }),
  change('elements that are a text', 'bad-elements', { e: 'button' }),
  change('an element that is null', 'bad-element', { e: [null] }),
  change('an element of no page', 'bad-element', { e: [[9, '#a', '', 0, 0, 1, 1, 1]] }),
  change('251 elements', 'too-many-elements', { e: Array.from({ length: elementsPerBatchMax + 1 }, () => wireButton) }),
  change('events that are an object', 'bad-events', { x: {} }),
  change('no events', 'no-events', { x: [] }),
  change('251 events', 'too-many-events', { x: Array.from({ length: eventsPerBatchMax + 1 }, () => view) }),

  events('an event that is a number', 5),
  events('an event of an unknown kind', [99, 0, 0, 0]),
  events('an event of a kind named __proto__', ['__proto__', 0, 0, 0]),
  events('an age that is a text', [kind.view, 'now', 0, 0]),
  events('a view of a page that is not there', [kind.view, 0, 1, 0]),
  events('a view without its navigation', [kind.view, 0, 0]),
  events('a click on an element that is not there', [kind.click, 0, 1, 0, 0, 0]),
  events('a click outside the grid', [kind.click, 0, 0, 4096, 0, 0]),
  events('a click at half a cell', [kind.click, 0, 0, 0.5, 0, 0]),
  events('one bad event among good ones', view, click, [kind.click, 0, 0, -1, 0, 0], click),
  events('bands that are no pairs', [kind.bands, 0, 0, [1, 2, 3]]),
  events('a reach from the end to the beginning', [kind.reach, 0, 0, 9, 3]),
  events('a custom event without a name', [kind.custom, 0, 0, '', {}]),
  events('properties that are a list', [kind.custom, 0, 0, 'buy', [1]]),
];

/** Good batches on either side of a bad one, of the same visitor and load, the bad one's number taken again by the second. */
export function goodPair(): [first: Batch, second: Batch] {
  const first = newBatch();
  return [first, { ...newBatch(), l: first.l, n: 1 }];
}
