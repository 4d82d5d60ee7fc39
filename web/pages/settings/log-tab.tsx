import { useState } from 'react';
import { type AuditEntry, auditKeptDays } from '../../../functions/contract/account.ts';
import type { SiteAdmin } from '../../live/account-api.ts';
import { ListState } from '../../parts/list-state.tsx';
import { useAction } from '../../use-action.ts';
import { useList } from '../../use-list.ts';
import { auditWords } from '../../view/audit-text.ts';
import { formatInstant } from '../../view/time-format.ts';

/** Who changed what, newest first. */
export function LogTab({ admin, site, zone }: { admin: SiteAdmin; site: string; zone: string }) {
  const { value: first, failure } = useList(`log ${site}`, () => admin.auditLog(null));
  const [older, setOlder] = useState<{ rows: AuditEntry[]; next: string | null } | null>(null);
  const action = useAction();
  const rows = first && [...first.rows, ...(older?.rows ?? [])];
  const next = older ? older.next : (first?.next ?? null);
  const more = () =>
    void action.run(async () => {
      const answer = await admin.auditLog(next);
      setOlder({ rows: [...(older?.rows ?? []), ...answer.rows], next: answer.next });
    });
  return (
    <section className="settings-part" aria-labelledby="log">
      <h2 id="log">Audit log</h2>
      <p>Every change of this site, kept for {auditKeptDays} days.</p>
      <ListState value={rows} failure={failure || action.failureBeside([])} empty="Nothing has been changed yet." />
      <ol className="rows">
        {rows?.map((entry) => (
          <li key={`${entry.at} ${entry.what} ${entry.text}`} className="row">
            <time className="quiet" dateTime={new Date(entry.at).toISOString()}>
              {formatInstant(entry.at, zone)}
            </time>
            <span className="row-name">
              <strong>{entry.byName}</strong> {auditWords[entry.what]} <span className="log-text">{entry.text}</span>
            </span>
          </li>
        ))}
      </ol>
      {next !== null && (
        <button type="button" className="button" onClick={more} disabled={action.busy}>
          Older entries
        </button>
      )}
    </section>
  );
}
