import { describe, expect, it } from 'vitest';
import type { CapturePicture, HeatmapAnswer } from '../../../functions/contract/answer.ts';
import type { SessionEvent } from '../../../functions/contract/session-answer.ts';
import type { SessionReplay } from '../../../functions/contract/session-replay.ts';
import { createReplayClock } from '../../../web/replay-clock.ts';
import { type Replay, replayOf } from '../../../web/view/replay.ts';
import { advance, frameAt, stepFrom } from '../../../web/view/replay-frame.ts';
import { replayKey } from '../../../web/view/replay-key.ts';
import { cameraTop, placedCounts, placeOf, replaySurface } from '../../../web/view/replay-place.ts';

const seen = { device: 'desktop', label: '', clickable: true, viewportWidth: 640 } as const;
const recorded: SessionReplay = {
  pages: [
    { since: 0, load: 0, path: '/', device: 'desktop' },
    { since: 20_000, load: 0, path: '/shop', device: 'desktop' },
  ],
  elements: [
    { ...seen, path: '/', key: '#hero', box: [0, 100, 640, 400] },
    { ...seen, path: '/', key: '#buy', box: [100, 200, 100, 40] },
    { ...seen, path: '/shop', key: '#hero', box: [0, 0, 640, 90] },
  ],
  rests: [
    [1_000, 0, 0, 0, 2_048, 500],
    [3_000, 0, 0, 2_048, 2_048, 1_000],
    [22_000, 0, 2, 0, 0, 1_000],
  ],
};
const event = (what: SessionEvent['what'], at: number, more: Partial<SessionEvent> = {}): SessionEvent => ({
  ...{ at, load: 0, page: '/', what },
  ...more,
});
const buy = { element: { key: '#buy', label: 'Buy', x: 0.5, y: 0.25 } };
const events = [
  event('view', 0),
  event('click', 3_500, buy),
  event('scroll', 4_000, { value: 40 }),
  event('view', 20_000, { page: '/shop' }),
  event('leave', 20_100),
];
const session = { start: 0 };
const replay = replayOf({ session, events, replay: recorded });

describe('a replay', () => {
  it('goes from scene to scene, and leaving one shows nobody there', () => {
    expect(replay.scenes.map(({ path, from, steps }) => [path, from, steps.length])).toEqual([
      ['/', 0, 4],
      ['/shop', 20_000, 2],
    ]);
    expect([replay.from, replay.to]).toEqual([0, 22_000]);
  });

  it('shows no page again that was left, however late its last batch came', () => {
    const events = [
      event('view', 0),
      event('view', 3_000, { load: 1, page: '/shop' }),
      event('click', 3_200, buy),
      event('leave', 3_400),
      event('click', 3_500, { load: 1, page: '/shop' }),
    ];
    const rests: SessionReplay['rests'] = [[3_300, 0, 0, 0, 2_048, 500]];
    const { scenes } = replayOf({ session, events, replay: { ...recorded, rests } });
    expect(scenes.map(({ path, from, steps }) => [path, from, steps.length])).toEqual([
      ['/', 0, 3],
      ['/shop', 3_000, 2],
    ]);
  });

  it('shows no page again whose last rest was told on the next one', () => {
    const events = [
      event('view', 0),
      event('view', 3_000, { page: '/shop' }),
      event('leave', 9_000, { page: '/shop' }),
    ];
    const rests: SessionReplay['rests'] = [[3_400, 0, 1, 0, 2_048, 900]];
    const { scenes } = replayOf({ session, events, replay: { ...recorded, rests } });
    expect(scenes.map(({ path, from, steps }) => [path, from, steps.length])).toEqual([
      ['/', 0, 2],
      ['/shop', 3_000, 1],
    ]);
  });

  it('begins a page with its view, where a pointer lay still as it came', () => {
    const events = [event('view', 0), event('click', 2_990, buy), event('view', 3_000, { page: '/shop' })];
    const rests: SessionReplay['rests'] = [[3_600, 0, 2, 0, 2_048, 700]];
    const { scenes } = replayOf({ session, events, replay: { ...recorded, rests } });
    expect(scenes.map(({ path, from, steps }) => [path, from, steps.length])).toEqual([
      ['/', 0, 2],
      ['/shop', 3_000, 2],
    ]);
  });

  it('goes to and fro between pages that are open at once', () => {
    const events = [
      event('view', 0),
      event('view', 3_000, { load: 1, page: '/shop' }),
      event('click', 5_000, buy),
      event('click', 6_000, { load: 1, page: '/shop' }),
      event('leave', 60_000),
    ];
    const { scenes } = replayOf({ session, events, replay: { ...recorded, rests: [] } });
    expect(scenes.map(({ path }) => path)).toEqual(['/', '/shop', '/', '/shop']);
  });

  it('knows where nothing happened', () => {
    expect(replay.quiet).toEqual([{ from: 4_000, to: 20_000 }]);
  });

  it('has the pointer rest, go to the next spot shortly before it is there, and click', () => {
    const pointerAt = (at: number) => {
      const { from, to, share } = frameAt(replay, at, 900)?.pointer ?? {};
      return [from?.x, to?.x, share];
    };
    expect(frameAt(replay, 400, 900)?.pointer).toBeNull();
    expect(pointerAt(700)).toEqual([0, 0.5, 0]);
    expect(pointerAt(1_700)).toEqual([0, 0.5, 0.5]);
    expect(pointerAt(2_000)).toEqual([0.5, 0.5, 0]);
    expect(frameAt(replay, 3_500, 900)).toMatchObject({
      clicks: [{ what: 'click' }],
      focus: { key: '#buy' },
      order: 0,
    });
    expect(frameAt(replay, 4_400, 900)?.clicks).toEqual([]);
  });

  it('tells how much was seen once that was told, and of each page anew', () => {
    expect([3_999, 4_000, 20_500].map((at) => frameAt(replay, at, 900)?.reached)).toEqual([0, 40, 0]);
  });

  it('is none of a session of which nothing is known', () => {
    const nothing = replayOf({ session, events: [], replay: { pages: [], elements: [], rests: [] } });
    expect(frameAt(nothing, 0, 900)).toBeNull();
    expect([nothing.from, nothing.to]).toEqual([0, 0]);
  });
});

describe('playing', () => {
  it('leaves out what is quiet but for its ends', () => {
    expect(advance(replay, 3_000, 100, true)).toBe(3_100);
    expect(advance(replay, 4_650, 100, true)).toBe(19_300);
    expect(advance(replay, 4_650, 100, false)).toBe(4_750);
    expect(advance(replay, 21_990, 100, true)).toBe(22_000);
  });

  it('goes by the speed, stops at the end, and begins anew from there', () => {
    const frames: (() => void)[] = [];
    let now = 0;
    const clock = createReplayClock(replay, { now: () => now, nextFrame: (run) => frames.push(run) });
    const pass = (ms: number) => {
      now += ms;
      for (const run of frames.splice(0)) run();
    };
    clock.change({ speed: 4, skipsQuiet: false });
    clock.toggle();
    pass(1_000);
    expect(clock.getSnapshot()).toMatchObject({ at: 4_000, isPlaying: true });
    clock.toggle();
    clock.toggle();
    pass(250);
    expect(clock.getSnapshot().at).toBe(5_000);
    clock.seek(99_999);
    expect(clock.getSnapshot().at).toBe(22_000);
    pass(1);
    expect(clock.getSnapshot().isPlaying).toBe(false);
    clock.toggle();
    expect(clock.getSnapshot()).toMatchObject({ at: 0, isPlaying: true });
  });

  it('begins where the session does, also when nothing was known of it at first', () => {
    const clock = createReplayClock({ from: 0, to: 0, quiet: [] }, { now: () => 0, nextFrame: () => undefined });
    clock.extend(replayOf({ session: { start: 400 }, events: [event('click', 5_000, buy)], replay: recorded }));
    expect(clock.getSnapshot().at).toBe(400);
    clock.seek(0);
    expect(clock.getSnapshot().at).toBe(400);
  });

  it('is led by keys, but where they belong to what has the focus', () => {
    const wish = (key: string, tagName = 'SECTION', type = '') => replayKey(key, { tagName, type }, replay, 3_500);
    expect([wish(' '), wish(' ', 'BUTTON'), wish('k', 'BUTTON')]).toEqual(['toggle', null, 'toggle']);
    expect([wish('ArrowRight'), wish('ArrowLeft', 'INPUT', 'range')]).toEqual([{ seek: 8_500 }, { seek: -1_500 }]);
    expect(wish('ArrowRight', 'INPUT', 'radio')).toBeNull();
    expect([wish('.'), wish(','), wish('Home'), wish('x')]).toEqual([{ seek: 20_000 }, { seek: 0 }, { seek: 0 }, null]);
    expect(stepFrom(replay, 22_000, 1)).toBe(22_000);
  });
});

describe('the places of a replay', () => {
  const capture = { width: 1280, height: 2_000, elements: [{ key: '#buy', box: [800, 400, 200, 80] }] };
  const answer = { elements: [], capture: capture as unknown as CapturePicture } as unknown as HeatmapAnswer;
  const scene = replay.scenes[0] as Replay['scenes'][number];

  it('are where the picture has the element, and else where the visitor saw it, at the picture’s width', () => {
    const surface = replaySurface(scene, recorded, answer);
    expect(placeOf(surface, { key: '#buy', x: 0.5, y: 0.25 })).toEqual({ x: 900, y: 420, exact: true });
    expect(placeOf(surface, { key: '#hero', x: 0.5, y: 0.5 })).toEqual({ x: 640, y: 300, exact: false });
    expect(placeOf(surface, { key: '#gone', x: 0, y: 0 })).toBeNull();
    expect(placedCounts(surface, scene)).toEqual({ exact: 1, fallback: 2, none: 0 });
  });

  it('are those of its own page, without a picture too', () => {
    const surface = replaySurface({ path: '/shop', device: 'desktop' }, recorded, null);
    expect(surface.view.elements.map(({ key, box }) => [key, box])).toEqual([['#hero', [0, 0, 1280, 90]]]);
  });

  it('are kept in sight', () => {
    expect([cameraTop(0, 600, 300), cameraTop(0, 600, 900), cameraTop(800, 600, 100)]).toEqual([0, 600, 0]);
  });
});
