/** Where a mapping starts to read, what it goes on from, and what settings it takes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { Checkpoints } from '../../../localstack/embedded/checkpoints.ts';
import { startMapping } from '../../../localstack/embedded/event-source-mapping.ts';
import { Fields } from '../../../localstack/embedded/fields.ts';
import type { Value } from '../../../localstack/embedded/intrinsics.ts';
import { streamReader } from '../../../localstack/embedded/shard-feed.ts';
import { closeServers, serve } from './servers.ts';

const folder = mkdtempSync(join(tmpdir(), 'mapping-start-'));
afterEach(closeServers);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Kinesis as far as a reader asks it; notes how iterators were asked for. */
async function kinesis() {
  const iterators: object[] = [];
  const url = await serve(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const operation = String(request.headers['x-amz-target']).split('.')[1];
    if (operation === 'GetShardIterator') iterators.push(JSON.parse(Buffer.concat(chunks).toString()));
    const answer = operation === 'GetShardIterator' ? { ShardIterator: 'i' } : { Records: [], NextShardIterator: null };
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer));
  });
  return { url, iterators };
}

describe('StartingPosition', () => {
  // with-kinesis: "Trim horizon – Process all records in the stream. Latest – Process new records that are added to the stream."
  it.each(['TRIM_HORIZON', 'LATEST'] as const)('%s is where a shard begins that was never read', async (start) => {
    const { url, iterators } = await kinesis();
    expect(await streamReader(url, 's', start).feed('shardId-0', undefined).read(10)).toBeNull();
    expect(iterators).toEqual([{ StreamName: 's', ShardId: 'shardId-0', ShardIteratorType: start }]);
  });

  // with-kinesis: "Lambda keeps track of the last record processed and resumes processing from that point when it's reenabled."
  it('matters no more once something was read', async () => {
    const { url, iterators } = await kinesis();
    await streamReader(url, 's', 'TRIM_HORIZON').feed('shardId-0', '17').read(10);
    expect(iterators).toMatchObject([{ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: '17' }]);
  });
});

function start(settings: Record<string, Value>) {
  const properties = new Fields('M', {
    FunctionName: 'process',
    EventSourceArn: 'arn:aws:kinesis:us-east-1:000000000000:stream/s',
    StartingPosition: 'TRIM_HORIZON',
    ...settings,
  });
  return startMapping(
    { id: 'M', type: 'AWS::Lambda::EventSourceMapping', name: 'M', properties },
    'http://127.0.0.1:9',
    {
      lambda: { arnOf: (name) => name, invoke: async () => ({ kind: 'value', payload: 'null' }) },
      s3: { put: async () => {} },
      checkpoints: new Checkpoints(join(folder, 'checkpoints.json')),
      report: () => {},
    },
  );
}

describe('settings', () => {
  // services-kinesis-parameters; CreateEventSourceMapping: "The minimum valid value for maximum record age is 60s. Although values
  // less than 60 and greater than -1 fall within the parameter's absolute range, they are not allowed."
  it.each<[string, Value]>([
    ['BatchSize', 0],
    ['BatchSize', 10_001],
    ['MaximumBatchingWindowInSeconds', 301],
    ['MaximumRecordAgeInSeconds', 59],
    ['MaximumRecordAgeInSeconds', 604_801],
    ['MaximumRetryAttempts', 10_001],
    ['MaximumRetryAttempts', -2],
    ['StartingPosition', 'AT_TIMESTAMP'],
    ['ParallelizationFactor', 2],
    ['TumblingWindowInSeconds', 30],
  ])('%s %j is refused: AWS refuses it, or it is not run here', (setting, value) => {
    expect(() => start({ [setting]: value })).toThrow(setting);
  });

  it.each<[string, Value]>([
    ['BatchSize', 10_000],
    ['MaximumBatchingWindowInSeconds', 300],
    ['MaximumRecordAgeInSeconds', -1],
    ['MaximumRecordAgeInSeconds', 60],
    ['MaximumRetryAttempts', -1],
    ['MaximumRetryAttempts', 0],
  ])('%s %j is taken', async (setting, value) => {
    await start({ [setting]: value }).close();
  });
});
