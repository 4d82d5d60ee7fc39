import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  browserEnvironment,
  chromePath,
  environmentName as env,
  optionalEnvironment,
  requireEnvironment,
} from '../environment.ts';
import { dynamoSiteStore } from '../sites/site-store.dynamo.ts';
import { parseNetworks } from './address.ts';
import { chromiumCamera } from './camera.chromium.ts';
import { type CapturePorts, capture } from './capture.ts';
import { parseCaptureRequest } from './capture-request.ts';
import { createS3Client, s3CaptureStore } from './capture-store.s3.ts';
import { createDynamoClient } from './client.dynamo.ts';

const executablePath = chromePath();
const ports: CapturePorts = {
  sites: dynamoSiteStore({ client: createDynamoClient(), table: requireEnvironment(env.sitesTable) }),
  camera: chromiumCamera({
    networks: parseNetworks(optionalEnvironment(env.captureNetworks)),
    browser: executablePath ? { executablePath, env: browserEnvironment() } : null,
    pageScript: readFileSync(join(import.meta.dirname, 'page-script.js'), 'utf8'),
    timeoutMs: 30_000,
  }),
  store: s3CaptureStore(createS3Client(), requireEnvironment(env.capturesBucket)),
};

/** Invoked without waiting for the outcome: it is stored, for the query function to find. */
export async function handler(event: unknown): Promise<void> {
  await capture(parseCaptureRequest(event), ports, Date.now());
}
