import { expect, test } from 'vitest';
import { expectCounted, expectNobody, expectOneVisitor } from './counted.ts';
import { closeTab, faultStage, openAnswered } from './fault-stage.ts';
import { type Attempt, isSame, readable, taken } from './gate.ts';
import { allDeeds, pressAll, shopPage } from './shop-page.ts';

const at = faultStage();

function serve(name: string): string {
  at.gate.page = () => shopPage({ name, tag: at.gate.tag });
  return `/${name}/first`;
}

async function expectAll(name: string): Promise<void> {
  await expectCounted(at.product, name, allDeeds(name));
  await expectOneVisitor(at.product, name);
  await expectNobody(at.product);
  expect(at.thrown).toEqual([]);
}

/** What of a batch may not change from one attempt to the next. */
const contentOf = ({ batch: { s, i, ...content } }: Attempt) => content;

test('what is done offline is counted once the browser is online again', async () => {
  await openAnswered(at, serve('offline'));
  await at.context.setOffline(true);
  const failed = at.page.waitForEvent('requestfailed', (request) => request.url().endsWith('/v1/events'));
  await pressAll(at.page);
  await failed;
  expect(at.gate.attempts).toHaveLength(1);
  await at.context.setOffline(false);
  // The view comes while the page is there, not only by the beacon of its end.
  await at.gate.until((attempts) => taken(attempts).some(({ isBeacon, batch }) => !isBeacon && batch.n > 0));
  await closeTab(at);
  await expectAll('offline');
});

test.each([429, 503])(
  'a browser told %i waits as long as Retry-After says, and what it did is counted once',
  async (status) => {
    const name = `told-${status}`;
    at.gate.fateOf = (_, earlier) => (earlier < 2 ? { status, headers: { ...readable, 'retry-after': '3' } } : 'pass');
    const path = serve(name);
    await at.page.goto(at.gate.siteUrl + path);
    await pressAll(at.page);
    const attempts = await at.gate.until((each) => taken(each).length > 0);
    const first = attempts.filter(({ batch }) => batch.n === 0);
    expect(first).toHaveLength(3);
    for (const [index, attempt] of first.entries()) {
      const before = first[index - 1];
      if (!before) continue;
      expect(attempt.at - before.at).toBeGreaterThanOrEqual(2_990);
      expect(contentOf(attempt)).toEqual(contentOf(before));
      expect(attempt.batch.s - before.batch.s).toBeGreaterThanOrEqual(2_990);
    }
    at.gate.fateOf = () => 'pass';
    await closeTab(at);
    await expectAll(name);
  },
);

test('an answer that the page may not even read is no answer: the batch comes again', async () => {
  // Without the header that lets the page read it, a refusal looks like a network that fails.
  at.gate.fateOf = (_, earlier) => (earlier < 1 ? { status: 503, headers: { 'retry-after': '600' } } : 'pass');
  const path = serve('unreadable');
  await at.page.goto(at.gate.siteUrl + path);
  await pressAll(at.page);
  await at.gate.until((attempts) => taken(attempts).length > 0);
  at.gate.fateOf = () => 'pass';
  await closeTab(at);
  await expectAll('unreadable');
});

test('a tab closed while it waits for Retry-After leaves nothing behind', async () => {
  at.gate.fateOf = ({ isBeacon }) =>
    isBeacon ? 'pass' : { status: 503, headers: { ...readable, 'retry-after': '600' } };
  const path = serve('waiting');
  await at.page.goto(at.gate.siteUrl + path);
  await at.gate.until((attempts) => attempts.some(({ fate }) => fate));
  await pressAll(at.page);
  await closeTab(at);
  await expectAll('waiting');
});

test.each(['lose-answer', 'cut-answer'] as const)(
  'what was counted is not counted again when its answer is lost (%s)',
  async (fate) => {
    const name = fate;
    at.gate.fateOf = (_, earlier) => (earlier < 2 ? fate : 'pass');
    const path = serve(name);
    await at.page.goto(at.gate.siteUrl + path);
    await pressAll(at.page);
    await at.gate.until((attempts) => attempts.some((each) => each.fate === 'pass' && each.status === 202));
    await closeTab(at);
    // The product really took the same batch several times.
    const first = taken(at.gate.attempts).filter(({ batch }) => batch.n === 0);
    expect(first.length).toBeGreaterThanOrEqual(3);
    expect(first.every((each) => isSame(each.batch, first[0]?.batch ?? each.batch))).toBe(true);
    expect(first.map(contentOf)).toEqual(first.map(() => contentOf(first[0] as Attempt)));
    await expectAll(name);
  },
);
