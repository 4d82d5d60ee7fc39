import { describe, expect, it } from 'vitest';
import { kind } from '../../../functions/contract/event.ts';
import type { StreamRecord } from '../../../functions/contract/record.ts';
import { pointerRestsMax } from '../../../functions/contract/session-replay.ts';
import { sessionMoments } from '../../../functions/query/session-moments.ts';
import { sessionReplay } from '../../../functions/query/session-replay.ts';
import { elementOf, pageOf, recordOf, view } from '../aggregate/given.ts';

/** Of the session from 0 to `last`. */
const replayOf = (records: StreamRecord[], last = 99_000, start = 0) =>
  sessionReplay(sessionMoments(records, start, last));

describe('what a replay is drawn from', () => {
  it('is where the pointer rested, and the elements and pages that it rested on', () => {
    const record = recordOf({
      receivedAt: 10_000,
      pages: [pageOf('/'), pageOf('/small', { viewportWidth: 400 })],
      elements: [elementOf('#hero', { clickable: false }), elementOf('#buy', { page: 1, label: 'Buy' })],
      events: [
        view(5_000),
        [kind.move, 4_000, 0, 2_048, 1_024, 250, 90],
        view(3_000, 1),
        [kind.click, 2_000, 1, 1, 2, 1],
        [kind.heartbeat, 1_000, 1],
      ],
    });
    expect(replayOf([record])).toEqual({
      pages: [
        { since: 5_000, load: 0, path: '/', device: 'desktop' },
        { since: 7_000, load: 0, path: '/small', device: 'mobile' },
      ],
      elements: [
        {
          ...{ path: '/', device: 'desktop', key: '#hero', label: '#hero', clickable: false },
          ...{ box: [0, 0, 100, 40], viewportWidth: 1280 },
        },
        {
          ...{ path: '/small', device: 'mobile', key: '#buy', label: 'Buy', clickable: true },
          ...{ box: [0, 0, 100, 40], viewportWidth: 400 },
        },
      ],
      rests: [[6_000, 0, 0, 2_048, 1_024, 250]],
    });
  });

  it('is of this session alone, in order of time, whatever order loads came in', () => {
    const rest = (load: string, receivedAt: number) =>
      recordOf({
        ...{ load, receivedAt, elements: [elementOf('#hero')] },
        events: [[kind.move, 0, 0, 0, 0, 100, 0]],
      });
    const batches = [rest('b', 3_000), rest('b', 9_000), rest('a', 1_000), rest('a', 2_000)];
    const { rests } = replayOf(batches, 8_999, 2_000);
    expect(rests.map(([at, load]) => [at, load])).toEqual([
      [2_000, 0],
      [3_000, 1],
    ]);
  });

  it('tells an element once, where it was last seen, and no more rests than fit', () => {
    const events = Array.from({ length: 3_000 }, () => [kind.move, 0, 0, 0, 0, 100, 0] as const).map((one) => [...one]);
    const batch = (n: number, top: number) =>
      recordOf({
        ...{ n, receivedAt: 1_000, elements: [elementOf('#hero', { box: [0, top, 10, 10] })] },
        events: events as never,
      });
    const { elements, rests } = replayOf([batch(1, 70), batch(0, 0)]);
    expect(elements.map(({ box }) => box)).toEqual([[0, 70, 10, 10]]);
    expect(rests).toHaveLength(pointerRestsMax);
  });
});
