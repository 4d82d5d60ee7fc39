import { DescribeStreamSummaryCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** Shards of the stream that take records now. */
export async function openShards(
  streamName: string,
  client: Pick<KinesisClient, 'send'> = new KinesisClient({ requestHandler: new NodeHttpHandler() }),
): Promise<number> {
  const { StreamDescriptionSummary } = await client.send(new DescribeStreamSummaryCommand({ StreamName: streamName }));
  return StreamDescriptionSummary?.OpenShardCount ?? 0;
}
