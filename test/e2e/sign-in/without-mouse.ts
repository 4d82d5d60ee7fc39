import { expect, it } from 'vitest';
import { kind, navigation } from '../../../functions/contract/event.ts';
import { localOwner, localViewer } from '../../../localstack/embedded/issuer/local-people.ts';
import { settingsTabs } from '../../../web/view/settings-tab.ts';
import { newBatch, postBatch, wireButton } from '../batch.ts';
import { barriers } from './axe.ts';
import { walk } from './keyboard.ts';
import { openMenu, type Person, untilLive } from './person.ts';
import { open, owner, type Stage } from './stage.ts';

const pages = [
  ...[
    'live',
    'heatmap?path=%2F&device=desktop',
    'trends',
    'paths',
    'goals',
    'sessions',
    'health',
    'cost',
    'sites',
    'new-site',
  ],
  ...settingsTabs.map((tab) => `settings/${tab}`),
];

/** Every page by rule (axe) in both themes, and by the Tab key. */
export function withoutMouse(stage: () => Stage): void {
  it('no page withholds anything from those who do not see it or have no mouse', { timeout: 120_000 }, async () => {
    const clicked = newBatch({
      e: [wireButton],
      x: [
        [kind.view, 0, 0, navigation.load],
        [kind.click, 5, 0, 9, 9, 0],
      ],
    });
    expect((await postBatch(stage().product.urls.apiUrl, clicked)).status).toBe(202);
    const one = await owner(stage());
    await untilLive(one.page);
    for (const colorScheme of ['light', 'dark'] as const) {
      // What is still fading in has not its contrast yet.
      await one.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const path of pages) {
        await arrive(one, path);
        expect(await barriers(one.page), `${path}, ${colorScheme}`).toEqual([]);
        if (colorScheme === 'dark') continue;
        const { stops, faults } = await walk(one.page);
        expect(faults, `${path}, by the Tab key: ${stops.join(', ')}`).toEqual([]);
        expect(stops[0], path).toBe('button "Skip to the page"');
      }
    }
  });

  it('menus and questions take the focus and give it back', async () => {
    const one = await owner(stage(), '#/settings/people');
    const { page } = one;
    await page.locator('.row', { hasText: localOwner.email }).waitFor();
    await page.getByRole('button', { name: 'Skip to the page' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.locator('main :focus').count()).toBe(1);
    const account = page.locator('.account-button');
    await account.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await focused(one)).toBe('All sites');
    await page.keyboard.press('Escape');
    expect(await account.evaluate((button) => button === document.activeElement)).toBe(true);

    await invite(one);
    await page.getByRole('button', { name: /^Revoke the invitation/ }).focus();
    for (const back of ['Escape', 'Enter']) {
      await page.keyboard.press('Enter');
      expect(await focused(one)).toBe('Keep');
      await page.keyboard.press(back);
      expect(await focused(one)).toBe('Revoke');
    }
  });

  it('the pages before the dashboard, too', async () => {
    const one = await open(stage(), '#share=made-up');
    await one.text('This link does not open');
    await sound(one, ['button "Try again"', 'button "Sign in instead"']);
    await one.button('Sign in instead');
    await sound(one, ['button "Sign in"', 'button "Use an API key instead"']);
    await one.button('Use an API key instead');
    await sound(one, ['input "API key"', 'button "Sign in instead"']);
    await one.button('Sign in instead');
    await one.button('Sign in');
    await untilLive(one.page);
    await openMenu(one);
    await one.button('Sign out');
    await one.button('Sign in');
    await one.text(localViewer.button);
    const names = (await sound(one)).map((stop) => stop.slice('button "'.length));
    expect(names.map((name) => [localOwner, localViewer].findIndex(({ button }) => name.startsWith(button)))).toEqual([
      0, 1,
    ]);
  });
}

async function arrive({ page, at }: Person, path: string): Promise<void> {
  await at(`#/${path}`);
  await page.locator('main h1, main h2').first().waitFor();
  await page.waitForFunction(() => !document.querySelector('.app-loading'));
}

async function focused({ page }: Person): Promise<string> {
  return page.evaluate(() => document.activeElement?.textContent ?? '');
}

async function invite({ page, button, text }: Person): Promise<void> {
  await page.getByLabel('E-mail').fill('ada@shop.example');
  await button('Make the link');
  await text('Copy it now');
}

/** The page has nothing that is out of reach, and (where it is said) these stops. */
async function sound({ page }: Person, wanted?: string[]): Promise<string[]> {
  await page.locator('main h1').waitFor();
  expect(await barriers(page)).toEqual([]);
  const { stops, faults } = await walk(page);
  expect(faults).toEqual([]);
  if (wanted) expect(stops).toEqual(wanted);
  return stops;
}
