import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Batch, bodyBytesMax, kind, pathLengthMax } from '../../../functions/contract/event.ts';
import { decode } from '../../../functions/ingest/decode.ts';
import { rejectionStatus } from '../../../functions/ingest/rejection.ts';
import { batchFixture } from './batch-fixture.ts';

const text = (changes: Partial<Batch> = {}) => JSON.stringify(batchFixture(changes));
const odd = (changes: Record<string, unknown>) => JSON.stringify({ ...batchFixture(), ...changes });
const hour = 3_600_000;

function accepted(body: string): Batch {
  const decoded = decode(body, false);
  if (!decoded.ok) throw new Error(decoded.message);
  return decoded.batch;
}

describe('a batch that is as the snippet writes it', () => {
  it('comes out unchanged, every kind of event included', () => {
    expect(accepted(text())).toEqual(batchFixture());
  });

  it('comes out of base64 as well', () => {
    const body = Buffer.from(text()).toString('base64');
    expect(decode(body, true)).toEqual({ ok: true, batch: batchFixture() });
  });

  it('keeps the token of its load', () => {
    expect(accepted(text({ i: 'sealed' })).i).toBe('sealed');
    expect('i' in accepted(text())).toBe(false);
  });

  it('leaves out fields that nobody asked for', () => {
    expect(accepted(odd({ cookie: 'secret' }))).toEqual(batchFixture());
  });
});

const element = (...fields: unknown[]) => odd({ e: [fields] });
const event = (...fields: unknown[]) => odd({ x: [[kind.view, 0, 0, 0], fields] });
const page = (...fields: unknown[]) => odd({ p: [fields] });

const refused: [what: string, body: string | undefined, code: string, found: string][] = [
  ['no body', undefined, 'empty-body', 'empty'],
  ['an empty body', '', 'empty-body', 'empty'],
  ['a body that was cut off', text().slice(0, -20), 'bad-json', 'not JSON'],
  ['a body of 1 MB', `{"pad":"${'x'.repeat(1_000_000)}"}`, 'body-too-large', '1000010 bytes'],
  ['a body whose characters are few but whose bytes are many', `"${'€'.repeat(21_000)}"`, 'body-too-large', '63002'],
  ['a list', '[]', 'bad-batch', 'a list of 0'],
  ['null', 'null', 'bad-batch', 'null'],
  ['a number', '7', 'bad-batch', '7'],
  ['no version', odd({ v: undefined }), 'bad-version', 'undefined'],
  ['a version from the future', odd({ v: 99 }), 'bad-version', '99'],
  ['a version in quotes', odd({ v: '1' }), 'bad-version', '"1"'],
  ['no key', odd({ k: undefined }), 'bad-key', 'undefined'],
  ['an empty key', odd({ k: '' }), 'bad-key', '""'],
  ['a key that is an object', odd({ k: {} }), 'bad-key', 'an object'],
  ['a key of 65 characters', odd({ k: 'k'.repeat(65) }), 'bad-key', 'kkkk'],
  ['a load of 15 digits', odd({ l: '0123456789abcde' }), 'bad-load', '0123456789abcde'],
  ['a load in capitals', odd({ l: '0123456789ABCDEF' }), 'bad-load', 'ABCDEF'],
  ['a number below 0', odd({ n: -1 }), 'bad-number', '-1'],
  ['half a number', odd({ n: 0.5 }), 'bad-number', '0.5'],
  ['a time as text', odd({ t: '2026-11-23' }), 'bad-clock', '2026-11-23'],
  ['a time beyond all numbers', text().replace('"s":1700000000040', '"s":1e999'), 'bad-clock', 'Infinity'],
  ['a batch made 25 h before it was sent', odd({ s: 1_700_000_000_000 + 25 * hour }), 'too-old', '1500 minutes'],
  ['a token that is a number', odd({ i: 7 }), 'bad-token', '7'],
  ['a token of 10 kB', odd({ i: 'x'.repeat(10_000) }), 'bad-token', 'xxx'],
  ['no origin', odd({ o: undefined }), 'bad-origin', 'undefined'],
  ['an origin of 10 kB', odd({ o: 'x'.repeat(10_000) }), 'bad-origin', 'xxx'],
  ['a language that is a list', odd({ g: ['de'] }), 'bad-language', 'a list of 1'],
  ['no pages', odd({ p: undefined }), 'bad-pages', 'undefined'],
  ['33 pages', odd({ p: Array(33).fill(batchFixture().p[0]) }), 'too-many-pages', '33'],
  ['a page that is a text', odd({ p: ['/'] }), 'bad-page', 'page 0'],
  ['a path that is a number', page(7, '', '', 1, 1, 1, []), 'bad-page', 'page 0'],
  ['a viewport that is a text', page('/', '', '', '1280', 1, 1, []), 'bad-page', 'page 0'],
  ['three UTM values', page('/', '', '', 1, 1, 1, ['a', 'b', 'c']), 'bad-page', 'page 0'],
  ['a UTM value that is a number', page('/', '', '', 1, 1, 1, [1, 2, 3, 4, 5]), 'bad-page', 'page 0'],
  ['elements that are an object', odd({ e: {} }), 'bad-elements', 'an object'],
  ['251 elements', odd({ e: Array(251).fill(batchFixture().e[0]) }), 'too-many-elements', '251'],
  ['an element on a page that is not there', element(1, '#a', '', 0, 0, 1, 1, 0), 'bad-element', 'element 0'],
  ['an element without a key', element(0, '', '', 0, 0, 1, 1, 0), 'bad-element', 'element 0'],
  ['an element whose box is null', element(0, '#a', '', 0, 0, null, 1, 0), 'bad-element', 'element 0'],
  ['events that are a text', odd({ x: 'click' }), 'bad-events', '"click"'],
  ['no events', odd({ x: [] }), 'no-events', 'empty'],
  ['251 events', odd({ x: Array(251).fill([kind.heartbeat, 0, 0]) }), 'too-many-events', '251'],
  ['an event that is null', odd({ x: [null] }), 'bad-event', 'event 0 is null'],
  ['an event of an unknown kind', event(99, 0, 0), 'bad-event', 'event 1 has the unknown kind 99'],
  ['an event whose kind is a name', event('toString', 0, 0), 'bad-event', '"toString"'],
  ['an event whose age is a text', event(kind.heartbeat, 'old', 0), 'bad-event', 'age is "old"'],
  ['an event with a field too few', event(kind.click, 0, 0, 1, 1), 'bad-event', '(click) has 5 fields, not 6'],
  ['an event with a field too many', event(kind.leave, 0, 0, 0), 'bad-event', '(leave) has 4 fields, not 3'],
  ['an event on a page that is not there', event(kind.view, 0, 1, 0), 'bad-event', '(view): page is 1'],
  ['an event on a page below 0', event(kind.view, 0, -1, 0), 'bad-event', '(view): page is -1'],
  ['a click on an element that is not there', event(kind.click, 0, 1, 0, 0, 0), 'bad-event', '(click): element is 1'],
  ['a click in cell 4096', event(kind.click, 0, 0, 4096, 0, 0), 'bad-event', '(click): col is 4096'],
  ['a click between two cells', event(kind.click, 0, 0, 0, 0.5, 0), 'bad-event', '(click): row is 0.5'],
  ['a click with unknown flags', event(kind.click, 0, 0, 0, 0, 32), 'bad-event', '(click): flags is 32'],
  ['a dead click beyond its box', event(kind.dead, 0, 0, 4096, 0), 'bad-event', '(dead): col is 4096'],
  ['a dead click on no element', event(kind.dead, 0, 9, 0, 0), 'bad-event', '(dead): element is 9'],
  ['a visit to a field that was changed twice', event(kind.field, 0, 0, 900, 2), 'bad-event', '(field): changed is 2'],
  ['a visit to a field without a time', event(kind.field, 0, 0, 'Ada', 1), 'bad-event', '(field): ms is "Ada"'],
  [
    'an abandoned field with more to tell',
    event(kind.abandon, 0, 0, 'Ada'),
    'bad-event',
    '(abandon) has 4 fields, not 3',
  ],
  ['a rage click of two clicks', event(kind.rage, 0, 0, 0, 0, 2), 'bad-event', '(rage): clicks is 2'],
  ['a rest that is a text', event(kind.move, 0, 0, 0, 0, '5', 0), 'bad-event', '(move): restMs is "5"'],
  ['a hesitation of 2', event(kind.hover, 0, 0, 0, 0, 300, 2), 'bad-event', '(hover): hesitated is 2'],
  ['band 20', event(kind.reach, 0, 0, 0, 20), 'bad-event', '(reach): to is 20'],
  ['bands upside down', event(kind.reach, 0, 0, 5, 4), 'bad-event', '(reach): from is 5, after to 4'],
  ['a pane read backwards', event(kind.paneReach, 0, 0, 5, 4, 900), 'bad-event', '(paneReach): from is 5, after to 4'],
  ['a pane of no height', event(kind.paneReach, 0, 0, 4, 5, 'x'), 'bad-event', '(paneReach): heldPx is'],
  ['a Web Vital too few', event(kind.vitals, 0, 0, 1, 2), 'bad-event', '(vitals) has 5 fields, not 6'],
  ['a Web Vital that is a text', event(kind.vitals, 0, 0, 900, '8', 0), 'bad-event', '(vitals): inp is "8"'],
  ['half a pair of band and time', event(kind.bands, 0, 0, [1]), 'bad-event', '(bands): pairs is a list of 1'],
  ['time in a band as text', event(kind.bands, 0, 0, [1, 'x']), 'bad-event', '(bands): pairs'],
  ['engaged time that is null', event(kind.engaged, 0, 0, null), 'bad-event', '(engaged): ms is null'],
  ['an outbound link to nowhere', event(kind.outbound, 0, 0, ''), 'bad-event', '(outbound): url is ""'],
  ['an outbound link that is a query only', event(kind.outbound, 0, 0, '?a'), 'bad-event', '(outbound): url is "?a"'],
  ['a custom event without a name', event(kind.custom, 0, 0, '', {}), 'bad-event', '(custom): name is ""'],
  ['properties that are a list', event(kind.custom, 0, 0, 'a', []), 'bad-event', '(custom): properties is a list'],
];

describe('what cannot be meant is refused by name', () => {
  it.each(refused)('%s', (_what, body, code, found) => {
    const decoded = decode(body, false);
    expect(decoded).toMatchObject({ ok: false, code });
    if (decoded.ok) return;
    expect(decoded.status).toBe(code === 'body-too-large' ? 413 : 400);
    expect(decoded.message).toContain(found);
    expect(decoded.message.length).toBeLessThan(300);
  });

  it('judges the size of a base64 body by its bytes', () => {
    const body = Buffer.alloc(bodyBytesMax + 10, 'x').toString('base64');
    expect(decode(body, true)).toMatchObject({ ok: false, status: 413, code: 'body-too-large' });
  });

  it('names what is nested 60 KB deep without falling into it', () => {
    const deep = '['.repeat(30_000) + ']'.repeat(30_000);
    expect(decode(`{"v":${deep}}`, false)).toMatchObject({ ok: false, code: 'bad-version' });
  });
});

describe('what is merely too much is cut, and the good events around it stay', () => {
  it('a path of 10 kB', () => {
    const batch = accepted(page(`/${'a'.repeat(10_000)}`, 'Title', '', 1280, 720, 3000, []));
    expect(batch.p[0]?.[0]).toHaveLength(pathLengthMax);
    expect(batch.p[0]?.[0].endsWith('…')).toBe(true);
    expect(batch.x).toEqual(batchFixture().x);
  });

  it('titles, labels, keys, names, addresses and properties', () => {
    const long = 'x'.repeat(2_000);
    const batch = accepted(
      odd({
        p: [['/', long, `https://a.example/${long}`, 1, 1, 1, [long, '', '', '', '']]],
        e: [[0, long, long, 0, 0, 1, 1, 0]],
        x: [
          [kind.outbound, 0, 0, `https://b.example/${long}`],
          [kind.custom, 0, 0, long, { [long]: long }],
        ],
      }),
    );
    const [, title, referrer, , , , utm] = batch.p[0] ?? [];
    expect([title?.length, referrer?.length, utm?.[0]?.length]).toEqual([200, 512, 120]);
    expect(batch.e[0]?.slice(1, 3).map((one) => String(one).length)).toEqual([200, 60]);
    const [outbound, custom] = batch.x;
    expect(String(outbound?.[3])).toHaveLength(512);
    expect(String(custom?.[3])).toHaveLength(64);
    expect(Object.entries(custom?.[4] ?? {}).map(([name, value]) => [name.length, value.length])).toEqual([[64, 120]]);
  });

  it('sizes and durations are clamped and made whole', () => {
    const batch = accepted(
      odd({
        p: [['/', '', '', 1280.4, -5, 9e9, []]],
        e: [[0, '#a', '', -3.5, -9e9, 9e9, -1, 0]],
        x: [
          [kind.engaged, -50, 0, 9e9],
          [kind.engaged, 9e12, 0, -1],
          [kind.move, 0, 0, 0, 0, 99_999, 9e9],
        ],
      }),
    );
    expect(batch.p[0]?.slice(3, 6)).toEqual([1280, 0, 100_000]);
    expect(batch.e[0]?.slice(3, 7)).toEqual([-3, -100_000, 100_000, 0]);
    expect(batch.x).toEqual([
      [kind.engaged, 0, 0, hour],
      [kind.engaged, 24 * hour, 0, 0],
      [kind.move, 0, 0, 0, 0, 10_000, 100_000],
    ]);
  });

  it('control characters and halves of characters become something that can be stored', () => {
    const batch = accepted(page('/a\nb\ud800c', 'x\u0000y😀', '', 1, 1, 1, []));
    expect(batch.p[0]?.slice(0, 2)).toEqual(['/a b\ufffdc', 'x y😀']);
  });

  it('markup in a title stays the text that it is', () => {
    expect(accepted(page('/', '<script>alert(1)</script>', '', 1, 1, 1, [])).p[0]?.[1]).toBe(
      '<script>alert(1)</script>',
    );
  });

  it('the query, the fragment and the password of a link are left out', () => {
    const batch = accepted(event(kind.outbound, 0, 0, 'https://me@a:pw@b.example/x?mail=me@b.example#y'));
    expect(batch.x[1]?.[3]).toBe('https://b.example/x');
  });

  it('of a custom event, what is no text, number or truth value, and what goes beyond 8 properties', () => {
    const properties = { a: null, b: {}, c: [1], d: 'kept', e: 1.5, f: false };
    expect(accepted(event(kind.custom, 0, 0, 'x', properties)).x[1]?.[4]).toEqual({ d: 'kept', e: 1.5, f: false });
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`p${index}`, index]));
    expect(Object.keys(accepted(event(kind.custom, 0, 0, 'x', many)).x[1]?.[4] ?? {})).toHaveLength(8);
  });

  it('a property called __proto__ is a property like others', () => {
    const body = event(kind.custom, 0, 0, 'x', {}).replace('"x",{}', '"x",{"__proto__":"a"}');
    const properties = accepted(body).x[1]?.[4];
    expect(Object.entries(properties ?? {})).toEqual([['__proto__', 'a']]);
  });

  it('a clock that is years off does no harm', () => {
    for (const years of [-60, -3, 3, 200]) {
      const t = 1_700_000_000_000 + years * 365 * 24 * hour;
      expect(accepted(odd({ t, s: t + 40 })).x).toEqual(batchFixture().x);
    }
    // Set back between making and sending.
    expect(decode(odd({ s: 5 }), false).ok).toBe(true);
  });

  it('a batch that has waited for 24 h is just in time', () => {
    expect(decode(odd({ s: 1_700_000_000_000 + 24 * hour }), false).ok).toBe(true);
    expect(decode(odd({ s: 1_700_000_000_001 + 24 * hour }), false).ok).toBe(false);
  });
});

describe('whatever comes', () => {
  const expectNamed = (body: string, isBase64: boolean) => {
    const decoded = decode(body, isBase64);
    if (decoded.ok) {
      // What was accepted is within its bounds: accepted again, it does not change.
      expect(accepted(JSON.stringify(decoded.batch))).toEqual(decoded.batch);
      return;
    }
    expect(rejectionStatus[decoded.code]).toBe(decoded.status);
    expect([400, 413]).toContain(decoded.status);
  };

  it('text of any kind is accepted or refused by name, never thrown over', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.boolean(), expectNamed));
  });

  it('so is any JSON', () => {
    fc.assert(fc.property(fc.json(), (body) => expectNamed(body, false)));
  });

  it('so is a good batch in which anything is put in place of anything', () => {
    const places = placesIn(batchFixture());
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.jsonValue(), (place, value) => {
        const batch = batchFixture();
        put(batch, place, value);
        expectNamed(JSON.stringify(batch), false);
      }),
      { numRuns: 2_000 },
    );
  });
});

type Place = (string | number)[];

/** The way to every value within `value`, those in the middle included. */
function placesIn(value: unknown, way: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [way];
  const inner = Object.entries(value).flatMap(([name, one]) => placesIn(one, [...way, name]));
  return way.length === 0 ? inner : [way, ...inner];
}

function put(target: unknown, [first = '', ...rest]: Place, value: unknown): void {
  const holder = target as Record<string | number, unknown>;
  if (rest.length === 0) holder[first] = value;
  else put(holder[first], rest, value);
}
