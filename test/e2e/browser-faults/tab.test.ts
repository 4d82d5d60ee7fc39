import { expect, test } from 'vitest';
import { kind } from '../../../functions/contract/event.ts';
import { type Deeds, expectCounted, expectNobody } from './counted.ts';
import { closeTab, faultStage } from './fault-stage.ts';
import { type Attempt, isSame, taken, tells } from './gate.ts';
import { press, shopPage } from './shop-page.ts';
import { walkDeeds, walkLoads, walkPage } from './walk-page.ts';

const at = faultStage();

test.each(['before the product has it', 'after the product counted it'])(
  'a tab closed while a request is on its way, %s: all is counted once',
  async (when) => {
    const isCounted = when.startsWith('after');
    const name = isCounted ? 'closed-after' : 'closed-before';
    at.gate.page = () => shopPage({ name, tag: at.gate.tag });
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    at.gate.fateOf = async ({ isBeacon }) => {
      if (isBeacon) return 'pass';
      if (!isCounted) await released;
      return isCounted ? 'lose-answer' : 'pass';
    };
    await at.page.goto(`${at.gate.siteUrl}/${name}/first`);
    await at.gate.until((attempts) => attempts.length > 0);
    await press(at.page, 'buy');
    await press(at.page, 'tell');
    await closeTab(at);
    // The beacons carry what was not answered, too: the one held back comes last, and is nothing new.
    const first = (attempts: Attempt[]) => attempts.filter(({ batch }) => batch.n === 0);
    await at.gate.until((attempts) => taken(first(attempts)).some(({ isBeacon }) => isBeacon));
    release();
    await at.gate.until((attempts) => attempts.every(({ status }) => status === 202));
    const arrived = first(at.gate.attempts);
    expect(arrived.length).toBeGreaterThanOrEqual(2);
    expect(arrived.every(({ batch }) => isSame(batch, arrived[0]?.batch ?? batch))).toBe(true);
    const path = `/${name}/first`;
    const made: Deeds = { views: { [path]: 1 }, clicks: { [path]: 2 }, events: { [`${name}-told`]: 1 } };
    await expectCounted(at.product, name, made);
    await expectNobody(at.product);
    expect(at.thrown).toEqual([]);
  },
);

test('50 navigations as quick as a browser makes them, by load and by pushState, are 50 views', async () => {
  const count = 50;
  at.gate.page = (path) => walkPage('walk', at.gate.tag, path, count);
  await at.page.goto(`${at.gate.siteUrl}/walk/0`, { waitUntil: 'commit' });
  await at.page.waitForURL(`**/walk/${count - 1}`);
  await closeTab(at);
  // Each page was gone before it could have been answered, or soon after; one that is kept for going back is hidden.
  const gone = (attempts: Attempt[]) =>
    taken(attempts).filter(({ batch }) => tells(batch, kind.leave) || tells(batch, kind.hide));
  await at.gate.until((attempts) => new Set(gone(attempts).map(({ batch }) => batch.l)).size >= walkLoads(count));
  await expectCounted(at.product, 'walk', walkDeeds('walk', count));
  await expectNobody(at.product);
  expect(walkLoads(count)).toBe(26);
  expect(new Set(at.gate.attempts.map(({ batch }) => batch.l)).size).toBe(26);
  expect(at.thrown).toEqual([]);
});
