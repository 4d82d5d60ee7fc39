import type { FeedRow } from '../../functions/contract/live.ts';
import { formatSecond } from '../view/time-format.ts';
import { valueLabel } from '../view/value-label.ts';
import { Card } from './card.tsx';

const verbs: Record<FeedRow['what'], string> = {
  view: 'viewed',
  click: 'clicked',
  rage: 'rage-clicked',
  dead: 'clicked in vain on',
  leave: 'left',
  outbound: 'went out to',
  custom: 'sent',
};

/** What visitors did last. Rows are shown, not counted: a lost one changes no number. */
export function LiveFeed({ rows, zone }: { rows: readonly FeedRow[]; zone: string }) {
  return (
    <Card title="Live feed" note="as it happens" className="feed-card">
      <ol className="feed" data-testid="feed">
        {rows.map((row) => (
          <li key={row.id} className={`feed-row feed-${row.what}`}>
            <span className="feed-mark" aria-hidden="true" />
            <p className="feed-what">
              {verbs[row.what] ?? row.what}{' '}
              {row.what === 'view' || row.what === 'leave' ? null : <q>{row.label || '…'}</q>}{' '}
              <span className="feed-path">{row.path}</span>
            </p>
            <p className="feed-who">
              <time dateTime={new Date(row.at).toISOString()}>{formatSecond(row.at, zone)}</time>
              <span>
                {[row.country && valueLabel('country', row.country), row.browser, row.device]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </p>
          </li>
        ))}
      </ol>
      {rows.length === 0 && <p className="quiet">Rows appear here as visitors view, click and leave.</p>}
    </Card>
  );
}
