import { setTimeout as delay } from 'node:timers/promises';
import { type KinesisClient, PutRecordsCommand, type PutRecordsRequestEntry } from '@aws-sdk/client-kinesis';

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html */
const recordsPerCallMax = 500;
/** Calls for the same records, the first one included. */
const triesMax = 4;
const firstDelayMs = 25;

/**
 * Puts records, many by one call. A call may take some of them only ("a single record failure does not stop the processing of
 * subsequent records"): what it did not take is put again, so the records' order is not kept.
 * @throws Error with the stream's reason when records are not taken after four calls; the SDK's error when a call fails. Any of them
 * may be on the stream then.
 */
export async function putRecords(
  client: Pick<KinesisClient, 'send'>,
  streamName: string,
  records: PutRecordsRequestEntry[],
): Promise<void> {
  for (let start = 0; start < records.length; start += recordsPerCallMax) {
    await putSome(client, streamName, records.slice(start, start + recordsPerCallMax));
  }
}

async function putSome(
  client: Pick<KinesisClient, 'send'>,
  StreamName: string,
  records: PutRecordsRequestEntry[],
): Promise<void> {
  let left = records;
  for (let tries = 1; ; tries++) {
    const { Records = [] } = await client.send(new PutRecordsCommand({ StreamName, Records: left }));
    const reasons = Records.flatMap(({ ErrorCode }) => (ErrorCode === undefined ? [] : [ErrorCode]));
    left = left.filter((_record, index) => Records[index]?.ErrorCode !== undefined);
    if (left.length === 0) return;
    if (tries === triesMax) {
      throw new Error(`the stream did not take ${left.length} of ${records.length} records: ${reasons[0]}`);
    }
    await delay(firstDelayMs * 2 ** tries);
  }
}
