/**
 * `npm run shards -- 4`: splits and merges the stream's shards, under load, until four share the visitors evenly. At the endpoint that
 * AWS_ENDPOINT_URL names, else in the running embedded cloud. `--stream` names the stream where there are several. On AWS itself,
 * set `shards` in cdk.json and deploy.
 */
import { parseArgs } from 'node:util';
import { localClients } from './audit/local-ports.dynamo.ts';
import { progressLine } from './progress-line.ts';
import { onlyStream, openShards, reshard } from './shards/reshard.kinesis.ts';
import { runningProduct } from './visitors/local-product.ts';

/** As in cdk.json. */
const shardsMax = 500;

function targetOf(positionals: string[]): number {
  const [text] = positionals;
  const target = Number(text);
  if (positionals.length === 1 && Number.isInteger(target) && target >= 1 && target <= shardsMax) return target;
  throw new Error(`give one whole number of shards from 1 to ${shardsMax}, such as: npm run shards -- 4`);
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { stream: { type: 'string' } }, allowPositionals: true });
  const target = targetOf(positionals);
  const endpoint = process.env.AWS_ENDPOINT_URL || (await runningProduct()).awsEndpoint;
  const clients = localClients(endpoint);
  const line = progressLine();
  try {
    const stream = values.stream ?? (await onlyStream(clients.kinesis));
    const before = (await openShards(clients.kinesis, stream)).length;
    const startedAt = Date.now();
    const steps = await reshard(clients.kinesis, stream, target, line.show);
    line.clear();
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
    console.log(
      steps === 0
        ? `${stream} has ${target} even shards already.`
        : `${stream}: ${before} → ${target} shards in ${steps} steps, ${seconds} s. Set "shards": ${target} in cdk.json as well.`,
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ECONNREFUSED') throw error;
    throw new Error(`${endpoint} does not answer: start what should be there, or unset AWS_ENDPOINT_URL`);
  } finally {
    line.clear();
    clients.close();
  }
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
