import { type KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';

/** Puts bytes on a stream as they are. */
export function putRecord(client: KinesisClient, streamName: string) {
  return async (data: Uint8Array, partitionKey: string): Promise<void> => {
    await client.send(new PutRecordCommand({ StreamName: streamName, PartitionKey: partitionKey, Data: data }));
  };
}
