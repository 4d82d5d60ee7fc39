import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseClientMessage } from '../../functions/query/client-message.ts';
import { readServerMessage } from '../../web/live/server-message.ts';
import { keptFrames } from './corpus.ts';
import { mutateText, mutateTree, textMutation, treeMutation } from './mutation.ts';
import { runFrames } from './run-frames.ts';

describe('frames to a dashboard', () => {
  it.each(keptFrames)('$name: $read', ({ frame, read }) => {
    expect(readServerMessage(frame).type).toBe(read);
  });

  it('of any kind never throw, and never lower a counter', () => {
    const { broken, frames, read } = runFrames({ frames: 20_000, seed: 5 });
    expect(broken).toBeNull();
    for (const type of ['totals', 'snapshot', 'error', 'unreadable'])
      expect(read.get(type)).toBeGreaterThan(frames / 50);
  });
});

describe('messages from a dashboard', () => {
  const said = fc.oneof(
    fc.constantFrom({ op: 'tick' }, { op: 'snapshot' }, { op: 'watch', view: 'live' }),
    fc.record({
      op: fc.constant('watch'),
      view: fc.constant('heatmap'),
      path: fc.string(),
      device: fc.constantFrom('mobile', 'x'),
    }),
  );

  it('of any kind are read, or answered by a named error', () => {
    const text = fc.tuple(said, fc.array(treeMutation, { maxLength: 2 }), fc.array(textMutation, { maxLength: 1 }));
    fc.assert(
      fc.property(text, ([value, tree, changes]) => {
        const message = parseClientMessage(mutateText(JSON.stringify(mutateTree(value, tree)), changes).toString());
        if ('op' in message) expect(['tick', 'snapshot', 'watch']).toContain(message.op);
        else {
          expect(['bad-message', 'unknown-op']).toContain(message.code);
          expect(message.message.length).toBeLessThan(300);
        }
      }),
      { numRuns: 10_000, seed: 5 },
    );
  });
});
