import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Provider } from 'oidc-provider';
import { readBody } from '../body.ts';
import type { Handler } from '../listen.ts';
import { issuerKeys } from './issuer-keys.ts';
import { IssuerRecords } from './issuer-records.ts';
import { localPeople } from './local-people.ts';
import { faultPage, loginPage, pagePolicy } from './login-page.ts';
import { providerSettings } from './provider-settings.ts';

/** Where the issuer stands on the dashboard's origin. */
export const issuerPath = '/oidc';

const formBytesMax = 1_024;

export interface Issuer {
  handle: Handler;
  close(): Promise<void>;
}

/**
 * The OIDC issuer of this machine: code with PKCE, JWT access tokens, refresh tokens, sign-out. It is loaded when it is first
 * asked, so a start does not wait for it.
 * @param stateDir holds its keys and who is signed in
 * @param dashboards the addresses that may be returned to
 */
export function localIssuer(issuer: string, dashboards: readonly string[], stateDir: string): Issuer {
  let records: IssuerRecords | undefined;
  let loading: Promise<Handler> | undefined;
  const load = async (): Promise<Handler> => {
    mkdirSync(stateDir, { recursive: true });
    records = new IssuerRecords(join(stateDir, 'issuer-records.json'));
    const [{ Provider }, keys] = await Promise.all([loadQuietly(), issuerKeys(join(stateDir, 'issuer-keys.json'))]);
    return handlerOf(
      new Provider(issuer, providerSettings({ issuer, dashboards, keys, records })),
      pagePolicy(dashboards),
    );
  };
  const loaded = () => {
    loading ??= load();
    return loading;
  };
  return {
    handle: async (request, response) => (await loaded())(request, response),
    async close() {
      await loading?.catch(() => undefined);
      records?.close();
    },
  };
}

/** It says at import that it is not tested on Node 20. Here it is: `test/e2e/sign-in`. */
async function loadQuietly(): Promise<typeof import('oidc-provider')> {
  const { warn } = console;
  console.warn = (...said: unknown[]) => {
    if (!String(said[0]).includes('Unsupported runtime')) warn(...said);
  };
  try {
    return await import('oidc-provider');
  } finally {
    console.warn = warn;
  }
}

function handlerOf(provider: Provider, policy: string): Handler {
  const answer = provider.callback();
  const form = interactionForm(provider);
  return async (request, response) => {
    response.setHeader('content-security-policy', policy);
    const path = (request.url ?? '').slice(issuerPath.length) || '/';
    if (path.startsWith('/interaction/')) return form(request, response);
    Object.assign(request, { originalUrl: request.url, url: path });
    await answer(request, response);
  };
}

/** The page with a button for each person, and what pressing one does. */
function interactionForm(provider: Provider): Handler {
  return async (request, response) => {
    const show = (status: number, page: string) =>
      response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(page);
    try {
      await provider.interactionDetails(request, response);
      if (request.method !== 'POST') return void show(200, loginPage(localPeople));
      const body = await readBody(request, formBytesMax);
      const person = new URLSearchParams(body?.toString() ?? '').get('person');
      if (!localPeople.some(({ id }) => id === person)) return void show(400, faultPage('Nobody here has this name.'));
      await provider.interactionFinished(request, response, { login: { accountId: person ?? '' } });
    } catch (error) {
      if (!(error instanceof Error && error.name === 'SessionNotFound')) throw error;
      show(400, faultPage('This sign-in was begun too long ago, or in another browser.'));
    }
  };
}
