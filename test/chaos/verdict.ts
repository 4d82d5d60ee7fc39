import { setTimeout as sleep } from 'node:timers/promises';
import { recordIn } from '../../functions/archive/archive-line.ts';
import type { LiveAnswer } from '../../functions/contract/answer.ts';
import type { HealthAnswer } from '../../functions/contract/health.ts';
import { localDay } from '../../functions/contract/time-unit.ts';
import { type AuditReport, auditDay } from '../../localstack/audit/audit-day.ts';
import { auditText } from '../../localstack/audit/audit-text.ts';
import { auditPorts, localClients } from '../../localstack/audit/local-ports.dynamo.ts';
import { readStackNames } from '../../localstack/stack-names.ts';
import { countedSums } from '../../localstack/visitors/counted.ts';
import { ask, type LocalProduct } from '../../localstack/visitors/local-product.ts';
import type { Sums } from '../../localstack/visitors/tally.ts';
import { type Book, type Comparison, nameOf } from './book.ts';

export interface Verdict {
  audits: AuditReport[];
  comparison: Comparison;
  counted: Sums;
  /** What is not as it should be, one line each. */
  differences: string[];
}

const lookEveryMs = 500;

/**
 * Waits until everything is processed and archived, then holds what the counters say against the archive (the audit) and against
 * what the visitors sent.
 * @param since when the run began, ms since the epoch: its days are audited.
 * @param withinMs after so long it is judged as it stands, and what is not processed is a difference.
 */
export async function judge(
  local: LocalProduct,
  assembly: string,
  book: Book,
  since: number,
  withinMs: number,
  tell: (line: string) => void,
): Promise<Verdict> {
  const names = readStackNames(assembly);
  const clients = localClients(local.awsEndpoint);
  const endsAt = Date.now() + withinMs;
  try {
    const ports = auditPorts(clients, names, () => undefined, names.epoch);
    const config = await ports.sites.current(local.site);
    await untilSeen(local, Date.now(), endsAt);
    const days = [...new Set([since, Date.now()].map((at) => localDay(at, config?.zone ?? 'UTC')))];
    const audits: AuditReport[] = [];
    for (const day of days) {
      const begun = Date.now();
      const report = await settled(() => auditDay(names.epoch, local.site, day, ports), endsAt);
      tell(auditText(local.site, day, report, Date.now() - begun));
      audits.push(report);
    }
    const taken = new Set<string>();
    for await (const record of ports.stream()) {
      const found = recordIn(record);
      if (found) taken.add(nameOf(found.load, found.n));
    }
    const comparison = book.compare(taken);
    const counted = await countedSums(local);
    const health = await ask<HealthAnswer>(local, 'health');
    return { audits, comparison, counted, differences: differencesOf(audits, comparison, counted, health) };
  } finally {
    clients.close();
  }
}

/** The processor has come past an instant: what was there before is processed, but for what was put back. */
async function untilSeen(local: LocalProduct, instant: number, endsAt: number): Promise<void> {
  while (Date.now() < endsAt && (await ask<LiveAnswer>(local, 'live')).asOf < instant) await sleep(lookEveryMs);
}

/** An audit tells what is under way, and is right meanwhile. The one that counts is the one that nothing is left out of. */
async function settled(audit: () => Promise<AuditReport>, endsAt: number): Promise<AuditReport> {
  for (;;) {
    const report = await audit();
    const isDone = report.underWay === 0 && report.unarchived === 0;
    if (isDone || report.differences.length > 0 || Date.now() >= endsAt) return report;
    await sleep(lookEveryMs);
  }
}

function differencesOf(audits: AuditReport[], comparison: Comparison, counted: Sums, health: HealthAnswer): string[] {
  const lines: string[] = [];
  const expect = (what: string, found: number, wanted = 0) => {
    if (found !== wanted) lines.push(`${what}: ${found}, not ${wanted}`);
  };
  for (const { differences, underWay, unarchived, refolded } of audits) {
    expect('differences of the audit', differences.length);
    expect('records that are still under way', underWay);
    expect('records that are not in the archive', unarchived);
    expect('records that could not be folded again', refolded.failed.length);
  }
  expect('batches that were accepted and are not on the stream', comparison.lost.length);
  expect('batches on the stream that nobody sent', comparison.strangers.length);
  for (const field of Object.keys(counted) as (keyof Sums)[]) expect(field, counted[field], comparison.wanted[field]);
  expect('records set aside', health.failed.records + health.unattributed.records);
  for (const { reason, records } of [...health.failed.reasons, ...health.unattributed.reasons]) {
    lines.push(`  set aside as ${reason}: ${records}`);
  }
  return lines;
}
