import { describe, expect, it, vi } from 'vitest';
import { RefusalTally } from '../../../functions/ingest/refusal-tally.ts';
import { memoryRefusalStore } from '../../../functions/sites/refusal-store.memory.ts';
import { withoutValues } from '../../../functions/stream/without-values.ts';

const noon = Date.parse('2026-11-23T12:00:00Z');
const today = '2026-11-23';
const badEvent = { code: 'bad-event', message: 'event 0 (custom): name is "ada@example.org", not a text' } as const;
const foreign = {
  code: 'foreign-origin',
  message: 'pages of "https://old.example" may not send to this site',
} as const;

function tallyOver(store = memoryRefusalStore()) {
  const add = vi.spyOn(store, 'add');
  return { tally: new RefusalTally(store), store, add };
}

describe('the tally of refusals', () => {
  it('writes a flood down once in twenty seconds, with its number and one sample a reason', async () => {
    const { tally, store, add } = tallyOver();
    for (let batch = 0; batch < 1_000; batch++) {
      tally.note(null, badEvent);
      await tally.writeWhenDue(noon + batch);
    }
    expect(add).toHaveBeenCalledTimes(1);
    await tally.writeWhenDue(noon + 20_000);
    expect(add).toHaveBeenCalledTimes(2);
    expect(await store.read('unknown', today)).toEqual([
      { code: 'bad-event', batches: 1_000, sample: 'event 0 (custom): name is "…", not a text' },
    ]);
  });

  it('tells the owner of a site which origin was turned away', async () => {
    const { tally, store } = tallyOver();
    tally.note('demo', foreign);
    await tally.writeWhenDue(noon);
    expect(await store.read('demo', today)).toEqual([{ code: 'foreign-origin', batches: 1, sample: foreign.message }]);
  });

  it('writes nothing where nothing was refused', async () => {
    const { tally, add } = tallyOver();
    await tally.writeWhenDue(noon);
    expect(add).not.toHaveBeenCalled();
  });

  it('keeps what could not be written for the next time', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { tally, store, add } = tallyOver();
    add.mockRejectedValueOnce(new Error('throttled'));
    tally.note('demo', foreign);
    await tally.writeWhenDue(noon);
    tally.note('demo', foreign);
    await tally.writeWhenDue(noon + 30_000);
    expect(await store.read('demo', today)).toEqual([{ code: 'foreign-origin', batches: 2, sample: foreign.message }]);
  });

  it('names no more sites than its bound: what is beyond it counts as unknown', async () => {
    const { tally, store } = tallyOver();
    for (let site = 0; site < 150; site++) tally.note(`site-${site}`, foreign);
    await tally.writeWhenDue(noon);
    expect((await store.read('unknown', today))[0]?.batches).toBe(50);
  });
});

describe('a message without its values', () => {
  it.each([
    ['name is "a \\"b\\" c", not a text', 'name is "…", not a text'],
    ['path is "/users/ada@example.org…', 'path is "…"'],
    ['the state of visitor 00000000000000aa was not loaded', 'the state of visitor … was not loaded'],
    ['fetch of https://x.example/?q=ada failed', 'fetch of … failed'],
    ['there are 300 events, more than 250', 'there are 300 events, more than 250'],
  ])('%s', (message, expected) => {
    expect(withoutValues(message)).toBe(expected);
  });
});
