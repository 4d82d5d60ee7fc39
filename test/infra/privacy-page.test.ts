import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { configurationOf } from '../../cdk/configuration.ts';
import { auditKeptDays } from '../../functions/contract/account.ts';
import { hourKey, liveKey, pageKey, sessionKey } from '../../functions/contract/counter.ts';
import { dayMs, hourMs } from '../../functions/contract/time-unit.ts';
import { quietMs } from '../../functions/forget/erase.ts';
import { saltKeptMs } from '../../functions/identity/salt-store.ts';
import { expirySeconds } from '../../functions/process/expiry.ts';
import { itemExpiry } from '../../functions/process/item-expiry.ts';
import { connectionMs, overlayMs } from '../../functions/push/watch-time.ts';
import { shareTokenMs } from '../../functions/query/account/share-token.ts';
import { refusalsKeptDays } from '../../functions/sites/refusal-store.dynamo.ts';
import { erasureKeptDays } from '../../functions/sites/visitor-erasure-store.ts';
import { admissionsKeptDays } from '../../functions/store/admission-rows.dynamo.ts';
import { resourcesOf, templateWith } from './synthesised.ts';

const docs = join(import.meta.dirname, '../../docs');
const page = readFileSync(join(docs, 'privacy.md'), 'utf8');
const rows = [...page.matchAll(/^\| (.+) \| (.+) \| (.+) \|$/gm)].slice(1).map((row) => row.slice(1));
const template = templateWith();

/** Days after which a bucket deletes what is under a prefix. */
const lifecycle = new Map(
  Object.values(resourcesOf(template, 'AWS::S3::Bucket')).flatMap(({ Properties }) =>
    (Properties.LifecycleConfiguration as { Rules: { Prefix?: string; ExpirationInDays?: number }[] }).Rules.map(
      ({ Prefix, ExpirationInDays }) => [Prefix ?? '', ExpirationInDays] as const,
    ),
  ),
);
const ofAll = (type: string, name: string) => [
  ...new Set(Object.values(resourcesOf(template, type)).map(({ Properties }) => Properties[name])),
];
const seconds = (after: number) => `${(after * 1000) / dayMs} days`;
const midnight = Date.parse('2026-11-23T00:00:00Z');
const since = (expiry: number) => seconds(expiry - midnight / 1000);

it('says of everything how long it is kept, as the code has it', () => {
  const kept = (prefix: string) => `${lifecycle.get(prefix)} days`;
  expect(kept('failed/')).toBe(kept('redriven/'));
  expect(rows.map(([what, where, long]) => `${what} (${where}): ${long}`)).toEqual([
    `a day's salt (sites table): ${saltKeptMs / hourMs} hours after its day`,
    "a load's identity (sealed, in the page's memory): until the page is closed",
    `accepted batches, under the visitor (stream): ${ofAll('AWS::Kinesis::Stream', 'RetentionPeriodHours')} hours`,
    `the visitor's state: session and its last views, goals it has reached, open loads, pages met (visitors table): ${seconds(expirySeconds(0, 0))} after the newest record`,
    `whose a load is, and what the visitor's state let go of it (visitors table): ${seconds(expirySeconds(0, 0))} after the load's last day of use`,
    `why a record could not be counted (visitors table): ${seconds(expirySeconds(0, 0))}`,
    `accepted batches, under the visitor (archive, \`events/\`): ${kept('events/')}`,
    `batches that could not be counted (archive, \`failed/\`, \`redriven/\`): ${kept('failed/')}`,
    `sums that stay of erased visitors (archive, \`residue/\`): ${kept('residue/')}`,
    `answers of SQL over the archive (archive, \`athena/\`): ${kept('athena/')}`,
    `counters of minutes (counters table): ${since(itemExpiry(liveKey('1', 's', midnight / 60_000, 'p')))}`,
    `counters of hours, and of elements by the hour (counters table): ${since(itemExpiry(hourKey('1', 's', '2026-11-23', midnight)))}`,
    `sessions one by one: when, with what, entered and left by which page, what was met on the last one (rage, dead clicks, hesitation, engagement, reading), how many clicks; under the visitor (counters table): ${since(itemExpiry(sessionKey('1', 's', { day: '2026-11-23', firstStart: midnight, visitor: 'a' })))}`,
    `counters of days (counters table): ${since(itemExpiry(pageKey('1', 's', '2026-11-23', 'p')))}`,
    `which names count by themselves (admissions table): ${admissionsKeptDays} days`,
    `how many batches were refused, with one message a reason (sites table): ${refusalsKeptDays} days`,
    `requests of erasures, without whose they were once done (sites table): ${erasureKeptDays} days`,
    'members and invitations with their e-mail addresses, hashes of keys and share links (sites table): until they are removed',
    'addresses that alerts go to (sites table): until they are removed',
    `who changed what of a site (audit log) (sites table): ${auditKeptDays} days`,
    `open dashboards, tickets, tokens of share links and overlays (connections table): ${Math.max(connectionMs, shareTokenMs, overlayMs) / hourMs} hours at most`,
    `pictures of pages, taken by our own browser (captures bucket): ${kept('captures/')}`,
    `logs of the functions (CloudWatch): ${ofAll('AWS::Logs::LogGroup', 'RetentionInDays')} days`,
    // What DynamoDB keeps where no other period is set (API_PointInTimeRecoverySpecification, RecoveryPeriodInDays).
    'backups of the tables (DynamoDB): 35 days',
  ]);
});

it('and the numbers in its text, and in the page of threats, are the code’s', () => {
  expect(page).toContain(`quiet for ${quietMs / hourMs} hours`);
  const threats = readFileSync(join(docs, 'threat-model.md'), 'utf8');
  expect(threats).toContain(`may send ${configurationOf({}).keyRequestsPerSecondMax} requests a second`);
});
