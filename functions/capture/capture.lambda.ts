import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  browserEnvironment,
  chromePath,
  environmentName as env,
  optionalEnvironment,
  requireEnvironment,
} from '../environment.ts';
import { emitMetrics } from '../metrics.ts';
import { dynamoSiteStore } from '../sites/site-store.dynamo.ts';
import { parseNetworks } from './address.ts';
import { chromiumCamera } from './camera.chromium.ts';
import { type CapturePorts, capture } from './capture.ts';
import type { CaptureOutcome } from './capture-caller.ts';
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

/** The outcome is stored, for the query function to find; who waits for the answer learns in short how it ended. */
export async function handler(event: unknown): Promise<CaptureOutcome> {
  const now = Date.now();
  const outcome = await capture(parseCaptureRequest(event), ports, now);
  const failure = 'error' in outcome ? outcome.error.code : null;
  if (failure) emitMetrics('capture', { captureFailures: 1 }, now, { code: failure });
  else emitMetrics('capture', { captures: 1 }, now);
  return { takenAt: outcome.takenAt, failure };
}
