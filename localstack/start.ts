/**
 * `npm start`: builds, synthesises and runs SitePulse on this machine. `--fresh` begins without the data of earlier runs.
 * `SITEPULSE_PORT`: the first of three ports (8080). `SITEPULSE_DEMO=0`: no simulated visitors. `SITEPULSE_STATE`: another folder
 * than `.sitepulse` for data, logs and `local.json`, for tests; tools such as `npm run visitors` know the usual one only.
 */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Fault } from '../deploy/fault.ts';
import { browserEnvironment } from './browser-environment.ts';
import { build } from './build.ts';
import { type Cloud, type Ports, startCloud } from './embedded/cloud.ts';
import { PortInUseError, takePort } from './embedded/listen.ts';
import { localApiKey, writeLocalFile } from './local-file.ts';
import { portsFrom, step } from './start-steps.ts';
import { synth } from './synth.ts';
import { startGentleVisitors } from './visitors/gentle.ts';
import type { LocalProduct } from './visitors/local-product.ts';

const root = join(import.meta.dirname, '..');
const stateFolder = process.env.SITEPULSE_STATE || '.sitepulse';
const stateDir = resolve(root, stateFolder);
const assembly = join(root, 'cdk.out');
const dist = join(root, 'dist');

/** @throws Fault for an option that there is not. */
function optionsFrom(args: string[]): { fresh: boolean } {
  try {
    return parseArgs({ args, options: { fresh: { type: 'boolean', default: false } } }).values;
  } catch (error) {
    throw new Fault(`${error instanceof Error ? error.message : error}. The only option is --fresh`);
  }
}

/** Before the long work: a port in use should be known at once. */
async function checkPorts(ports: Ports): Promise<void> {
  const purposes = { front: 'dashboard and API', demo: 'demo site', aws: 'AWS endpoint' };
  for (const name of ['front', 'demo', 'aws'] as const) await (await takePort(ports[name], purposes[name])).close();
}

async function main(): Promise<void> {
  const { fresh } = optionsFrom(process.argv.slice(2));
  const ports = portsFrom(process.env.SITEPULSE_PORT);
  await checkPorts(ports);
  console.log('SitePulse');
  const [environment] = await Promise.all([
    browserEnvironment((line) => console.warn(`  ${line}`)),
    step('built', () => build(dist)),
  ]);
  await step('synthesised the stack', () => synth(assembly));
  const apiKey = localApiKey(stateDir, fresh);
  const cloud = await step('started the embedded cloud', () =>
    startCloud({ ports, stateDir, dist, assembly, apiKey, fresh, environment }),
  );
  const local = writeLocalFile(stateDir, cloud, apiKey);
  const sendHome = process.env.SITEPULSE_DEMO === '0' ? undefined : inviteVisitors(local);
  endOnSignal(cloud, sendHome);
  warmIssuer(local.apiUrl);
  console.log(`
  Dashboard     ${local.dashboardUrl}
  Demo site     ${local.demoUrl}
  API           ${local.apiUrl}/v1/openapi.json
  AWS endpoint  ${local.awsEndpoint}
  Logs, data    ${stateFolder}/
${sendHome ? '\n  A few simulated visitors are on the demo site (none with SITEPULSE_DEMO=0).' : ''}
  Ctrl-C ends it; what was counted stays for the next start.`);
}

/** It is loaded when it is first asked, and the first to sign in need not wait for that. */
function warmIssuer(apiUrl: string): void {
  fetch(`${apiUrl}/oidc/jwks`).catch((error) => console.error(`The local issuer does not answer: ${error}`));
}

/** Without them the product runs all the same. */
function inviteVisitors(local: LocalProduct): (() => Promise<void>) | undefined {
  try {
    return startGentleVisitors(local);
  } catch (error) {
    console.warn(`  No simulated visitors: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}

/** A terminal and the loader may both pass one Ctrl-C on: only a signal after this is a second one. */
const secondSignalMs = 1_000;

/** A second Ctrl-C ends at once. */
function endOnSignal(cloud: Cloud, sendHome: (() => Promise<void>) | undefined): void {
  let endingSince = 0;
  const end = (): void => {
    if (endingSince > 0 && Date.now() - endingSince > secondSignalMs) process.exit(1);
    if (endingSince > 0) return;
    endingSince = Date.now();
    console.log('\nEnding …');
    const ended = (async () => {
      await sendHome?.();
      await cloud.close();
    })();
    ended.then(
      () => process.exit(0),
      (error) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
}

main().catch((error) => {
  const known = error instanceof PortInUseError || error instanceof Fault;
  console.error(known ? `SitePulse can't start: ${error.message}` : error instanceof Error ? error.stack : error);
  process.exit(1);
});
