import { expect } from 'vitest';
import { type FaultStage, thrownIn } from './fault-stage.ts';
import { rememberFunctions, script, tryFunctions } from './own-functions.ts';
import { evaluated, pressAll, shopPage, untilTrue } from './shop-page.ts';

/** What a page of the site does beside its buttons: markup before and after our tag. */
export interface OwnScripts {
  before?: string;
  after?: string;
}

/** What a page says of itself after it has been used. */
interface Report {
  thrown: string[];
  /** What its functions do. */
  behaviour: unknown;
  /** How often those of `history` were called that it put there itself. */
  navigated: unknown;
  /** What is not as it was before the first script. */
  changes: string[];
}

/**
 * Uses a page without us, then the same page with us in a tab that it leaves open, and expects them to be the same: the same
 * errors and no other, the same results of all functions, and no change but the three that are ours.
 * @returns the changes that it found
 */
export async function expectUnharmed(at: FaultStage, name: string, own: OwnScripts): Promise<string[]> {
  at.gate.page = (path) => pageOf(path.startsWith(`/${name}/`) ? at.gate.tag : '', path.split('/')[1] ?? '', own);
  const bare = await use(at, `${name}-bare`);
  await at.page.close();
  at.page = await at.context.newPage();
  at.thrown = thrownIn(at.page);
  const measured = await use(at, name);
  // Timers may fall due between any two of the others.
  expect(measured.thrown.sort()).toEqual(bare.thrown.sort());
  expect(measured.behaviour).toBe(bare.behaviour);
  expect(measured.navigated).toBe(bare.navigated);
  const foreign = measured.changes.filter((change) => !bare.changes.includes(change));
  expect(foreign.filter((change) => !ours.includes(change))).toEqual([]);
  return foreign;
}

/** All that we change in a page. */
export const ours = ['window.sitepulse', 'history.pushState', 'history.replaceState'];

function pageOf(tag: string, name: string, { before = '', after = '' }: OwnScripts): string {
  const prepared = script(rememberFunctions) + script(tryFunctions);
  return shopPage({ name, tag, before: prepared + before, after });
}

async function use({ gate, page, thrown }: FaultStage, name: string): Promise<Report> {
  await page.goto(`${gate.siteUrl}/${name}/first`);
  await pressAll(page);
  await evaluated(page, 'void ownBehaviour()');
  await untilTrue(page, 'window.behaviour !== undefined');
  return {
    thrown: [...thrown],
    behaviour: String(await evaluated(page, 'window.behaviour')).replaceAll(`${name}/`, ''),
    navigated: await evaluated(page, 'String([window.calls.pushState, window.calls.replaceState])'),
    changes: String(await evaluated(page, 'foreignChanges()')).split(' '),
  };
}
