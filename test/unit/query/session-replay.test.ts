import { describe, expect, it } from 'vitest';
import { kind } from '../../../functions/contract/event.ts';
import { pointerRestsMax } from '../../../functions/contract/session-replay.ts';
import { sessionReplay } from '../../../functions/query/session-replay.ts';
import { elementOf, pageOf, recordOf, view } from '../aggregate/given.ts';

const always = () => true;
const first = () => 0;

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
    expect(sessionReplay([record], first, always)).toEqual({
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
    const { rests } = sessionReplay(
      [rest('b', 3_000), rest('b', 9_000), rest('a', 1_000), rest('a', 2_000)],
      (load) => (load === 'a' ? 0 : 1),
      (at) => at >= 2_000 && at < 9_000,
    );
    expect(rests.map(([at, load]) => [at, load])).toEqual([
      [2_000, 0],
      [3_000, 1],
    ]);
  });

  it('tells an element once, where it was last seen, and no more rests than fit', () => {
    const events = Array.from({ length: 3_000 }, () => [kind.move, 0, 0, 0, 0, 100, 0] as const).map((one) => [...one]);
    const batch = (top: number) =>
      recordOf({
        ...{ receivedAt: 1_000, elements: [elementOf('#hero', { box: [0, top, 10, 10] })] },
        events: events as never,
      });
    const { elements, rests } = sessionReplay([batch(0), batch(70)], first, always);
    expect(elements.map(({ box }) => box)).toEqual([[0, 70, 10, 10]]);
    expect(rests).toHaveLength(pointerRestsMax);
  });
});
