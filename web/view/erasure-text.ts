import type { ErasureAnswer } from '../../functions/contract/erasure.ts';
import { formatNumbered } from './number-format.ts';
import { formatInstant } from './time-format.ts';

/** What has become of a request, in a sentence. */
export function erasureText(row: ErasureAnswer, zone: string): string {
  const { state, requestedAt, at, why, records, failedRecords } = row;
  const when = formatInstant(at, zone);
  if (state === 'waiting') return at > requestedAt ? `Waits until ${when} at least: ${why}.` : `Waits: ${why}.`;
  const failed = failedRecords === 0 ? '' : ` and ${formatNumbered(failedRecords, 'record')} that could not be counted`;
  return `Erased ${when}: ${formatNumbered(records, 'record')} of the archive${failed}.`;
}
