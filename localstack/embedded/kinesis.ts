import { mkdirSync } from 'node:fs';
import { callService, ServiceError } from './aws-json.ts';
import { startChildServer } from './child-server.ts';
import type { Template } from './template.ts';

export interface Kinesis {
  url: string;
  /** Calls `listener` soon after each write to any stream. */
  onWrite(listener: () => void): void;
  close(): Promise<void>;
}

/** Starts kinesalite with its data in `path`, where they survive a restart. `clockOffsetMs`: of its clock against this machine's. */
export async function startKinesis(path: string, clockOffsetMs = 0): Promise<Kinesis> {
  mkdirSync(path, { recursive: true });
  const listeners: (() => void)[] = [];
  const entry = new URL('./kinesis-process.mjs', import.meta.url);
  const child = await startChildServer(entry, [path, String(clockOffsetMs)], () => {
    for (const listener of listeners) listener();
  });
  return { url: child.url, onWrite: (listener) => void listeners.push(listener), close: () => child.close() };
}

/** Makes the template's streams where they do not exist yet. */
export async function createStreams(url: string, template: Template): Promise<void> {
  for (const { name, properties } of template.ofType('AWS::Kinesis::Stream')) {
    // kinesalite has no on-demand streams; on AWS such a stream starts with four shards.
    const onDemand = properties.fields('StreamModeDetails').text('StreamMode', 'PROVISIONED') === 'ON_DEMAND';
    const shards = onDemand ? 4 : properties.number('ShardCount', 1);
    try {
      await callService(url, 'Kinesis_20131202.CreateStream', { StreamName: name, ShardCount: shards });
    } catch (error) {
      if (!(error instanceof ServiceError && error.code === 'ResourceInUseException')) throw error;
    }
    await untilActive(url, name);
  }
}

async function untilActive(url: string, name: string): Promise<void> {
  for (;;) {
    const { StreamDescription } = await callService<{ StreamDescription: { StreamStatus: string } }>(
      url,
      'Kinesis_20131202.DescribeStream',
      { StreamName: name },
    );
    if (StreamDescription.StreamStatus === 'ACTIVE') return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
