import { expect, test } from 'vitest';
import { count, html } from '../collector.ts';
import { freshStage } from '../fresh-stage.ts';

const at = freshStage();

/** Visits a page, uses it and leaves it. */
async function use(path = '/') {
  await at.page.goto(`${at.stage.siteUrl}${path}`);
  await at.page.click('button');
  await at.page.evaluate(() => window.sitepulse?.('bought'));
  await at.page.goto('about:blank');
}

test.each([
  ['Global Privacy Control', 'globalPrivacyControl', true],
  ['Do Not Track', 'doNotTrack', '1'],
])('with %s nothing is sent at all, and the page works', async (_, name, value) => {
  const faults: Error[] = [];
  at.page.on('pageerror', (fault) => faults.push(fault));
  at.stage.pages['/'] = html(at.stage.tag(), '<button>Buy</button>');
  at.stage.pages['/open'] = html(at.stage.tag(), '<button>Buy</button>');
  await at.page.addInitScript(
    ([property, wanted]) => {
      if (location.pathname === '/') Object.defineProperty(navigator, `${property}`, { get: () => wanted });
    },
    [name, value],
  );
  await use();
  // The second visit, which does not object, shows that the first would have arrived by now.
  await use('/open');
  const arrived = await at.stage.until((each) => count(each, 'leave') === 1);
  expect(new Set(arrived.map(({ page }) => page?.[0]))).toEqual(new Set(['/open']));
  expect(at.stage.batches.every(({ p }) => p.every(([path]) => path === '/open'))).toBe(true);
  expect(faults).toEqual([]);
});

test('after optOut nothing more is sent, on later visits neither', async () => {
  at.stage.pages['/'] = html(at.stage.tag(), '<button>Buy</button>');
  await at.page.goto(at.stage.siteUrl);
  await at.stage.until((arrived) => count(arrived, 'view') === 1);
  await at.page.evaluate(() => {
    window.sitepulse?.optOut();
    history.pushState(null, '', '/unseen');
    window.sitepulse?.page();
  });
  await use();
  await at.page.goto(at.stage.siteUrl);
  await at.page.evaluate(() => localStorage.clear());
  await use('/open');
  const arrived = await at.stage.until((each) => count(each, 'leave') === 1);
  expect(arrived.filter(({ what }) => what === 'view').map(({ page }) => page?.[0])).toEqual(['/', '/open']);
  expect(count(arrived, 'click')).toBe(1);
});

test('with data-consent nothing is captured, kept or sent before consent, nor after it is taken back', async () => {
  at.stage.pages['/'] = html(
    `<script>window.sitepulse = { q: [['queued']] }</script>${at.stage.tag('data-consent')}`,
    '<button>Buy</button>',
  );
  await at.page.goto(at.stage.siteUrl);
  await at.page.waitForFunction(() => window.sitepulse?.load.length === 16);
  await at.page.evaluate(() => {
    window.sitepulse?.('early');
    window.sitepulse?.consent(false);
    history.pushState(null, '', '/before');
    window.sitepulse?.page();
  });
  await at.page.click('button');
  expect(await at.page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie])).toEqual([
    0,
    0,
    '',
  ]);
  await at.page.evaluate(() => {
    history.pushState(null, '', '/after');
    window.sitepulse?.consent(true);
    window.sitepulse?.consent(true);
    window.sitepulse?.('bought');
  });
  await at.page.click('button');
  await at.stage.until((each) => count(each, 'view') === 1 && count(each, 'custom') === 1);
  await at.page.evaluate(() => {
    window.sitepulse?.consent(false);
    history.pushState(null, '', '/withdrawn');
  });
  await use('/withdrawn');
  // Another visit, for which consent is given at once, shows that all else would have arrived by now.
  await at.page.goto(`${at.stage.siteUrl}/open`);
  await at.page.waitForFunction(() => window.sitepulse?.load.length === 16);
  await at.page.evaluate(() => window.sitepulse?.consent(true));
  await at.stage.until((each) => count(each, 'view') === 2);
  await at.page.goto('about:blank');
  const arrived = await at.stage.until((each) => count(each, 'leave') === 1);
  expect(new Set(arrived.map(({ page }) => page?.[0]))).toEqual(new Set(['/after', '/open']));
  expect(JSON.stringify(at.stage.batches)).not.toMatch(/queued|early|before|withdrawn/);
});

test('consent does not overrule who has objected, and the load is named as its batches name it', async () => {
  at.stage.pages['/'] = html(at.stage.tag('data-consent'), '<button>Buy</button>');
  await at.page.addInitScript(() => {
    if (location.pathname === '/') Object.defineProperty(navigator, 'globalPrivacyControl', { get: () => true });
  });
  const consent = async (path: string) => {
    await at.page.goto(`${at.stage.siteUrl}${path}`);
    await at.page.waitForFunction(() => window.sitepulse?.load.length === 16);
    return at.page.evaluate(() => {
      window.sitepulse?.consent(true);
      return window.sitepulse?.load;
    });
  };
  await consent('/');
  await at.page.click('button');
  const load = await consent('/open');
  const [first] = await at.stage.until((each) => count(each, 'view') === 1);
  expect([first?.page?.[0], first?.batch.l]).toEqual(['/open', load]);
  expect(at.stage.batches.every(({ p }) => p.every(([path]) => path === '/open'))).toBe(true);
});

test('what is marked data-sp-ignore is not looked at, and values and private texts never', async () => {
  at.stage.pages['/'] = html(
    at.stage.tag(),
    `<div data-sp-ignore><button id="secret">Ada Lovelace</button></div>
     <input id="mail" value="ada@example.org"><p id="text">Dear Ada</p><button id="buy">Buy</button>`,
  );
  await at.page.goto(at.stage.siteUrl);
  for (const id of ['#secret', '#mail', '#text', '#buy']) await at.page.click(id);
  await at.page.goto('about:blank');
  const arrived = await at.stage.until((each) => count(each, 'leave') === 1);
  expect(arrived.filter(({ what }) => what === 'click').map(({ element }) => element?.slice(1, 3))).toEqual([
    ['#mail', ''],
    ['#text', ''],
    ['#buy', 'Buy'],
  ]);
  expect(JSON.stringify(at.stage.batches)).not.toMatch(/ada|secret/i);
});
