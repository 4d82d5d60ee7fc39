import { expect, it } from 'vitest';
import { localOwner, localViewer } from '../../../localstack/embedded/issuer/local-people.ts';
import { auditWords } from '../../../web/view/audit-text.ts';
import { eventually } from '../product.ts';
import { bearerOf, openMenu, type Person, shownOnce, signInAs, untilLive } from './person.ts';
import { open, owner, type Stage } from './stage.ts';

const views = ['live', 'heatmap', 'goals', 'health', 'cost'];

/** One site's people, keys and links, each used by whom it is for, and what the audit log says in the end. */
export function accounts(stage: () => Stage): void {
  it('a person is invited, looks, becomes an owner, makes a key and a link, and leaves; all of it is in the log', {
    timeout: 120_000,
  }, async () => {
    const { product } = stage();
    const ask = (bearer: string, path: string, init: RequestInit = {}) =>
      fetch(`${product.urls.apiUrl}/v1/sites/demo${path}`, { ...init, headers: { authorization: `Bearer ${bearer}` } });
    const host = await owner(stage(), '#/settings/people');
    const guest = await open(stage());
    await accept(guest, await invitation(host));

    await tourAsViewer(guest);
    const asViewer = await bearerOf(guest);
    const changes = { method: 'PATCH', body: JSON.stringify({ name: 'Mine' }) };
    expect([(await ask(asViewer, '', changes)).status, (await ask(asViewer, '/members')).status]).toEqual([403, 403]);

    await host.page.reload();
    await host.page.getByLabel(`Role of ${localViewer.email}`).selectOption('owner');
    await eventually(
      async () => (await ask(asViewer, '/members')).status,
      (status) => status === 200,
    );
    await guest.page.reload();
    await guest.page.getByRole('link', { name: 'Settings' }).waitFor();
    await key(guest, (secret) => ask(secret, '/live'));
    await shareLink(guest, stage());
    await alerts(guest);
    await leave(guest);
    expect((await ask(asViewer, '/live')).status).toBe(403);
    await host.at('#/settings/leave');
    await host.text('You are the only owner of this site');
    expect(await host.page.getByRole('button', { name: /^Leave/ }).count()).toBe(0);
    await readLog(host);
  });
}

async function invitation(host: Person): Promise<string> {
  // The local viewer is there from the start, unless another test has removed them.
  await host.page.locator('.row', { hasText: localOwner.email }).waitFor();
  const remove = host.page.getByRole('button', { name: `Remove ${localViewer.email}` });
  if (await remove.isVisible()) {
    await remove.click();
    await host.button('Remove now');
    await remove.waitFor({ state: 'detached' });
  }
  await host.page.getByLabel('E-mail').fill(localViewer.email);
  await host.button('Make the link');
  await host.text('Copy it now');
  return shownOnce(host);
}

async function accept(guest: Person, link: string): Promise<void> {
  await untilLive(guest.page);
  await openMenu(guest);
  await guest.button('Sign out');
  await signInAs(guest, localViewer.button);
  await guest.text('Ask an owner for an invitation');
  await guest.at(new URL(link).hash);
  await guest.button('Accept the invitation');
  await untilLive(guest.page);
}

/** Nothing on the pages of a viewer asks for what it may not have, and nothing is offered that would. */
async function tourAsViewer({ page, at, text }: Person): Promise<void> {
  const refused: string[] = [];
  page.on('response', (response) => {
    if (response.url().includes('/v1/') && response.status() >= 400)
      refused.push(`${response.status()} ${response.url()}`);
  });
  for (const view of views) {
    await at(`#/${view}`);
    await page.locator('main h1, main h2').first().waitFor();
    await page.locator('.app-loading').waitFor({ state: 'detached' });
    await page.waitForLoadState('networkidle');
    for (const name of ['Settings', 'Take picture', 'Retake', 'Save', 'Add marker', 'Remove']) {
      const offered = page.locator('main, header').getByText(name, { exact: true });
      expect(await offered.count(), `${name}, ${view}`).toBe(0);
    }
  }
  expect(refused).toEqual([]);
  await at('#/settings/keys');
  await text('Only owners see this');
  await at('#/settings/leave');
  await text('You are its viewer. If you leave:');
}

/** Made, used, rotated, revoked. @param use asks the API with a key */
async function key(one: Person, use: (secret: string) => Promise<Response>): Promise<void> {
  const { page, at, button, text } = one;
  await at('#/settings/keys');
  await page.getByLabel('What it is for').fill('Night job');
  await button('Make the key');
  await text('Copy it now');
  const secret = await shownOnce(one);
  const row = page.locator('.row', { hasText: 'Night job' });
  await row.getByText('never used').waitFor();
  expect((await use(secret)).status).toBe(200);
  await page.reload();
  await row.getByText(/last used \d+ [A-Z][a-z]{2} \d{4}/).waitFor();
  await page.getByRole('button', { name: 'Rotate Night job' }).click();
  await button('End the old one');
  await text('Copy it now');
  const next = await shownOnce(one);
  expect(next).not.toBe(secret);
  expect([(await use(secret)).status, (await use(next)).status]).toEqual([401, 200]);
  await page.getByRole('button', { name: 'Revoke Night job' }).click();
  await button('Revoke now');
  await row.waitFor({ state: 'detached' });
  expect((await use(next)).status).toBe(401);
}

async function shareLink(one: Person, stage: Stage): Promise<void> {
  const { page, at, button, text } = one;
  await at('#/settings/shares');
  await page.getByLabel('Who it is for').fill('Agency');
  await page.getByLabel('Days until it ends').fill('2');
  await page.getByLabel('Password').fill('long enough');
  await button('Make the link');
  await text('Copy it now');
  await text(/until .+, with a password/);
  const stranger = await open(stage, new URL(await shownOnce(one)).hash);
  await stranger.page.getByLabel('Password').fill('not this one');
  await stranger.button('Open the dashboard');
  await stranger.page.getByRole('alert').waitFor();
  await stranger.page.getByLabel('Password').fill('long enough');
  await stranger.button('Open the dashboard');
  await untilLive(stranger.page);
  await page.getByRole('button', { name: 'Revoke Agency' }).click();
  await button('Revoke now');
  await stranger.text('This link does not open');
}

/** What is refused is told at its field; what is saved is there after a reload. */
async function alerts({ page, at, button, text }: Person): Promise<void> {
  await at('#/health');
  const webhook = page.getByLabel('Webhook', { exact: true });
  await webhook.fill('https://10.0.0.1/hook');
  await button('Save');
  await text('webhookUrl is not a public https address');
  expect(await webhook.getAttribute('aria-invalid')).toBe('true');
  await webhook.fill('');
  const emails = page.getByLabel('E-mail addresses');
  await emails.fill('me@shop.example');
  await button('Save');
  await text('Saved.');
  await page.reload();
  await eventually(
    () => emails.inputValue(),
    (value) => value === 'me@shop.example',
  );
}

async function leave(one: Person): Promise<void> {
  await openMenu(one);
  await one.page.getByRole('link', { name: 'Leave this site' }).click();
  await one.text('API keys and share links that you made go on.');
  await one.page.getByRole('button', { name: /^Leave / }).click();
  await one.button('Leave now');
  await one.text('Ask an owner for an invitation');
}

async function readLog(host: Person): Promise<void> {
  await host.at('#/settings/log');
  const did = (who: string, what: keyof typeof auditWords, text: string) => `${who} ${auditWords[what]} ${text}`;
  const { email: hosts } = localOwner;
  const { email: guests } = localViewer;
  const wanted = [
    did(hosts, 'invited', `${guests} as viewer`),
    did(guests, 'invitation-accepted', 'as viewer'),
    did(hosts, 'role-changed', `${guests}: owner`),
    did(guests, 'key-added', 'Night job (read)'),
    did(guests, 'key-rotated', 'Night job'),
    did(guests, 'key-removed', 'Night job'),
    did(guests, 'share-added', 'Agency'),
    did(guests, 'share-removed', 'Agency'),
    did(guests, 'settings-changed', 'alerts'),
    did(guests, 'member-left', 'as owner'),
  ];
  const lines = await eventually(
    () => host.page.locator('.row .row-name').allTextContents(),
    (found) => found.length >= wanted.length,
  );
  expect(lines.slice(0, wanted.length).reverse()).toEqual(wanted);
}
