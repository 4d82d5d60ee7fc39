import type { ErasureAnswer } from '../../functions/contract/erasure.ts';
import { formatInstant } from './time-format.ts';

/** What has become of a request, in a sentence. */
export function erasureText(row: ErasureAnswer, zone: string): string {
  const { state, requestedAt, at, why, records, failedRecords } = row;
  const when = formatInstant(at, zone);
  if (state === 'waiting') return at > requestedAt ? `Waits until ${when} at least: ${why}.` : `Waits: ${why}.`;
  const failed = failedRecords === 0 ? '' : ` and ${counted(failedRecords)} that could not be counted`;
  return `Erased ${when}: ${counted(records)} of the archive${failed}.`;
}

function counted(records: number): string {
  return records === 1 ? '1 record' : `${records} records`;
}
