import { describe, expect, test } from 'vitest';
import { kind } from '../../../functions/contract/event.ts';
import { expectCounted, expectNobody, untilProcessed } from './counted.ts';
import { closeTab, faultStage } from './fault-stage.ts';
import { type Attempt, taken } from './gate.ts';
import {
  breakable,
  breakFunctions,
  keepHistory,
  refuseStorage,
  throwEverywhere,
  wrapBrowser,
  wrapLanguage,
} from './hostile-scripts.ts';
import { script } from './own-functions.ts';
import { allDeeds, evaluated, untilTrue } from './shop-page.ts';
import { expectUnharmed, type OwnScripts, ours } from './two-pages.ts';

const at = faultStage();

/** A script that runs when the page has loaded, long after we have begun. */
const onceLoaded = <T>(run: (argument: T) => void, argument?: T) =>
  `<script>addEventListener('load', () => (${run})(${JSON.stringify(argument)}))</script>`;

const breakAll = onceLoaded(
  breakFunctions,
  breakable.filter((name) => name !== 'history'),
);

const pages: [what: string, name: string, own: OwnScripts][] = [
  ['that may store nothing', 'no-storage', { before: script(refuseStorage) }],
  ['that throws before us', 'throws-before', { before: script(throwEverywhere) }],
  ['that throws after us', 'throws-after', { after: script(throwEverywhere) }],
  [
    'that had put its own functions in their places',
    'wrapped-before',
    { before: script(wrapLanguage) + script(wrapBrowser) },
  ],
  [
    'that puts its own functions in their places later',
    'wrapped-after',
    { after: onceLoaded(wrapLanguage) + onceLoaded(wrapBrowser) },
  ],
  ['that breaks them all later', 'broken-after', { after: breakAll }],
];

describe('a page', () => {
  test('that does nothing of the kind finds three changes of ours and no other', async () => {
    expect((await expectUnharmed(at, 'plain', {})).sort()).toEqual([...ours].sort());
    await closeTab(at);
    await expectCounted(at.product, 'plain', allDeeds('plain'));
  });

  test.each(pages)('%s is unharmed, and all that is done there is counted once', async (_, name, own) => {
    await expectUnharmed(at, name, own);
    await closeTab(at);
    await expectCounted(at.product, name, allDeeds(name));
    await expectNobody(at.product);
  });

  test('whose history cannot be changed is unharmed, and counted as one view', async () => {
    await expectUnharmed(at, 'fixed', { before: script(keepHistory) });
    await closeTab(at);
    await expectCounted(at.product, 'fixed', {
      ...allDeeds('fixed'),
      views: { '/fixed/first': 1 },
      clicks: { '/fixed/first': 3 },
    });
  });
});

/** Both views have been answered, and the page has had the time to hear it: nothing else goes at once. */
async function untilSettled(): Promise<void> {
  const views = ({ batch }: Attempt) => batch.x.filter(([what]) => what === kind.view).length;
  await at.gate.until((attempts) => taken(attempts).reduce((sum, each) => sum + views(each), 0) === 2);
  await evaluated(at.page, "void fetch('/own').then(() => Object.assign(window, { isBack: true }))");
  await untilTrue(at.page, 'window.isBack === true');
}

/** Without these nothing can be heard, timed or written down: nothing is counted. */
const needed = ['stringify', 'addEventListener', 'Date'];

describe('a page that had broken', () => {
  test.each(breakable.filter((each) => !needed.includes(each)))('%s is unharmed, and counted', async (what) => {
    const name = `without-${what}`;
    await expectUnharmed(at, name, { before: script(breakFunctions, [what]) });
    // Without beacons the last batch leaves as any other does, and can't go past one that is on its way.
    if (what === 'sendBeacon') await untilSettled();
    await closeTab(at);
    const deeds = allDeeds(name);
    // Such a page goes nowhere by it.
    const stays = { ...deeds, views: { [`/${name}/first`]: 1 }, clicks: { [`/${name}/first`]: 3 } };
    await expectCounted(at.product, name, what === 'history' ? stays : deeds);
  });

  test.each(needed)('%s is unharmed, and nothing is counted', async (what) => {
    await expectUnharmed(at, `without-${what}`, { before: script(breakFunctions, [what]) });
    await at.page.close({ runBeforeUnload: true });
    await untilProcessed(at.product);
    expect(at.gate.attempts).toEqual([]);
  });
});
