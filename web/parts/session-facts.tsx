import type { SessionRow } from '../../functions/contract/session-answer.ts';
import { formatDuration, formatWhole } from '../view/number-format.ts';
import { languageName } from '../view/place-name.ts';
import { whoText } from '../view/session-text.ts';
import { formatDay, formatSecond } from '../view/time-format.ts';
import { valueLabel } from '../view/value-label.ts';
import { visitorName } from '../view/visitor-name.ts';
import { Card } from './card.tsx';
import { LiveMark } from './live-mark.tsx';

/** What the list says of a session, in full. */
export function SessionFacts({ row, zone }: { row: SessionRow; zone: string }) {
  const { start, last, referrer, language, entry, exit } = row;
  const isOneDay = formatDay(start, zone) === formatDay(last, zone);
  const facts: [string, string][] = [
    ['From', `${formatDay(start, zone)}, ${formatSecond(start, zone)}`],
    ['To', `${isOneDay ? '' : `${formatDay(last, zone)}, `}${formatSecond(last, zone)}`],
    ['Entry', entry ?? '–'],
    ['Language', languageName(language)],
    ['Exit', exit ?? '–'],
    ['Zone', zone],
    ['Referrer', valueLabel('referrer', referrer)],
    ['Visitor', visitorName(row.visitor)],
  ];
  return (
    <Card title={whoText(row)} action={row.live && <LiveMark />} className="session-facts">
      <dl className="stat-strip">
        <Figure
          name="Duration"
          value={formatDuration(row.durationMs)}
          note={`${formatDuration(row.engagedMs)} active`}
        />
        <Figure name="Page views" value={formatWhole(row.pageViews)} />
        <Figure name="Clicks" value={formatWhole(row.clicks)} />
        <Figure name="Rage clicks" value={formatWhole(row.rage)} isBad={row.rage > 0} />
        <Figure name="Dead clicks" value={formatWhole(row.dead)} isBad={row.dead > 0} />
      </dl>
      <dl className="fact-list">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function Figure({
  name,
  value,
  note = '',
  isBad = false,
}: {
  name: string;
  value: string;
  note?: string;
  isBad?: boolean;
}) {
  return (
    <div className="stat">
      <dt>{name}</dt>
      <dd className={isBad ? 'is-rage' : ''}>{value}</dd>
      <dd className="stat-note">{note}</dd>
    </div>
  );
}
