import type { AuditReport } from './audit-day.ts';
import { describeDifference } from './compare.ts';

const differencesShownMax = 20;

/** What an audit found, for a person. @param ms how long it took. */
export function auditText(site: string, day: string, report: AuditReport, ms: number): string {
  const { refolded, differences } = report;
  const count = (value: number) => value.toLocaleString('en-US');
  const lines = [
    `Audit of ${site}, ${day}`,
    `  read        ${count(report.objects)} objects of the archive, ${count(report.unarchived)} records that are on the stream alone yet`,
    `  folded      ${count(refolded.records)} records, ${count(refolded.events)} events, ${count(refolded.repeats)} repeats left out`,
    `  under way   ${count(report.underWay)} records; increments of ${count(report.unwritable)} runs wait for items that can't be written`,
    `  compared    ${count(report.items)} items, ${count(report.counters)} counters, ${count(report.texts)} texts of sessions`,
    `  differences ${count(differences.length)}   (${(ms / 1000).toFixed(1)} s)`,
    ...differences.slice(0, differencesShownMax).map((difference) => `    ${describeDifference(difference)}`),
  ];
  if (differences.length > differencesShownMax)
    lines.push(`    … and ${differences.length - differencesShownMax} more`);
  for (const { sequenceNumber, reason, message } of refolded.failed.slice(0, differencesShownMax)) {
    lines.push(`    record ${sequenceNumber} can't be folded again: ${reason}, ${message}`);
  }
  return lines.join('\n');
}
