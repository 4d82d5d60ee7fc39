/**
 * `npm run localstack`: deploys the same app to the emulator at `AWS_ENDPOINT_URL` (http://localhost:4566), LocalStack or what stands in
 * for it, uploads the site, prints the addresses, and serves the edge until Ctrl-C. `SITEPULSE_PORT`: the port of the edge (8080); the
 * demo site follows on the next.
 */
import { join } from 'node:path';
import { run } from '../deploy/fault.ts';
import { build } from './build.ts';
import { deployedProduct } from './deploy/deployed-product.ts';
import { localApiKey, writeLocalFile } from './local-file.ts';
import { portsFrom, step } from './start-steps.ts';
import { synth } from './synth.ts';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const assembly = join(root, 'cdk.out');
const stateDir = join(root, '.sitepulse');

run(async () => {
  const { front, demo } = portsFrom(process.env.SITEPULSE_PORT);
  const product = await deployedProduct({
    endpoint: process.env.AWS_ENDPOINT_URL || 'http://localhost:4566',
    ports: { front, demo },
    dist,
    assembly,
    apiKey: localApiKey(stateDir, false),
    stateDir: join(stateDir, 'localstack'),
    step,
    async prepare() {
      await step('built', () => build(dist));
      await step('synthesised the stack', () => synth(assembly));
    },
  });
  const local = writeLocalFile(stateDir, product, product.apiKey, product.emulator);
  console.log(`
  Dashboard     ${local.dashboardUrl}
  Demo site     ${local.demoUrl}
  API           ${local.apiUrl}/v1/openapi.json
  WebSocket     ${local.socketUrl}
  AWS endpoint  ${local.awsEndpoint} (${product.emulator})
  API key       in .sitepulse/local.json: the dashboard asks for it

  Ctrl-C ends the edge; what is deployed stays for as long as the emulator keeps it.`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void product.close());
});
