import { describeDifference } from '../audit/compare.ts';
import type { RebuildReport } from './rebuild.ts';

const differencesShownMax = 20;

/** What a rebuild came to, for a person. */
export function rebuildText(report: RebuildReport, ms: number): string {
  const { epoch, from, records, events, archived, streamOnly, audited, differences } = report;
  const count = (value: number) => value.toLocaleString('en-US');
  const outcome =
    differences.length === 0
      ? `switched to epoch ${epoch}; what epoch ${from} counted is read by nobody any more, and expires by itself`
      : `NOT switched: ${count(differences.length)} differences`;
  return [
    `Rebuild of epoch ${from} as epoch ${epoch}`,
    `  counted     ${count(records)} records, ${count(events)} events`,
    `  of these    ${count(archived)} records are from the archive, ${count(streamOnly)} were on the stream alone`,
    ...audited.map(
      ({ site, day, items, counters }) =>
        `  compared    ${site}, ${day}: ${count(items)} items, ${count(counters)} counters`,
    ),
    `  ${outcome}   (${(ms / 1000).toFixed(1)} s)`,
    ...differences.slice(0, differencesShownMax).map((difference) => `    ${describeDifference(difference)}`),
  ].join('\n');
}
