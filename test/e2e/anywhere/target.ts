import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localPlace } from '../../../localstack/audit/local-ports.dynamo.ts';
import { deployedProduct } from '../../../localstack/deploy/deployed-product.ts';
import type { Cloud } from '../../../localstack/embedded/cloud.ts';
import { readStackNames, type StackNames } from '../../../localstack/stack-names.ts';
import { stackOutputs } from '../../../localstack/stack-outputs.ts';
import { step } from '../../../localstack/start-steps.ts';
import { startProduct } from '../product.ts';
import type { TargetName } from './limits.ts';

/** Where the product runs for the suite. */
export interface Target extends Pick<Cloud, 'urls' | 'site' | 'writeKey' | 'close'> {
  name: TargetName;
  names: StackNames;
  apiKey: string;
  call(path: string, init?: RequestInit): Promise<Response>;
  /** GET of the site's endpoint, such as `live`; throws when it is not 200. */
  ask<T>(path: string): Promise<T>;
}

const root = join(import.meta.dirname, '..', '..', '..');
const assembly = join(root, 'cdk.out');

/** `SITEPULSE_TEST_ENDPOINT`: the emulator at which the product is deployed and tested; without it, the embedded cloud. */
export async function startTarget(): Promise<Target> {
  const endpoint = process.env.SITEPULSE_TEST_ENDPOINT;
  return endpoint ? deployed(endpoint) : embedded();
}

async function embedded(): Promise<Target> {
  const product = await startProduct();
  const { urls, cloud, apiKey, call, ask, close } = product;
  return {
    name: 'embedded cloud',
    urls,
    site: cloud.site,
    writeKey: cloud.writeKey,
    names: readStackNames(),
    apiKey,
    call,
    ask,
    close,
  };
}

async function deployed(endpoint: string): Promise<Target> {
  const apiKey = `sitepulse_${randomBytes(24).toString('base64url')}`;
  const dist = join(root, 'dist');
  const stateDir = mkdtempSync(join(tmpdir(), 'sitepulse-deployed-'));
  const product = await deployedProduct({
    endpoint,
    ports: { front: 0, demo: 0 },
    dist,
    assembly,
    apiKey,
    stateDir,
    step,
  });
  const call = (path: string, init: RequestInit = {}) =>
    fetch(`${product.urls.apiUrl}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${apiKey}`, ...init.headers },
    });
  return {
    ...product,
    async close() {
      await product.close();
      rmSync(stateDir, { recursive: true, force: true });
    },
    name: product.emulator,
    names: await stackOutputs('SitePulse', localPlace(endpoint)),
    call,
    async ask<T>(path: string) {
      const response = await call(`/v1/sites/${product.site}/${path}`);
      const text = await response.text();
      if (response.status !== 200) throw new Error(`GET ${path} answered ${response.status}: ${text}`);
      return JSON.parse(text) as T;
    },
  };
}
