import type { SessionRow } from '../../functions/contract/session-answer.ts';
import { formatDuration, formatWhole } from '../view/number-format.ts';
import { whoText } from '../view/session-text.ts';
import { formatDay, formatSecond } from '../view/time-format.ts';
import { visitorName } from '../view/visitor-name.ts';
import { Card } from './card.tsx';
import { LiveMark } from './live-mark.tsx';

interface Props {
  /** Newest first, at least one. */
  rows: readonly SessionRow[];
  zone: string;
  /** Why they are not the newest; '' when they are. */
  failure: string;
  hrefOf: (id: string) => string;
  /** How a live session may go on; '' where that is not known. */
  outlookOf: (row: SessionRow) => string;
}

export function SessionTable({ rows, zone, failure, hrefOf, outlookOf }: Props) {
  return (
    <Card
      title="Sessions"
      note={failure ? `not refreshed: ${failure}` : `${formatWhole(rows.length)} shown, newest first`}
      className="session-card"
    >
      <div className="session-scroll">
        <table data-testid="session-table">
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">Entry → exit</th>
              <th scope="col">Who</th>
              <th scope="col" className="is-figure">
                Duration
              </th>
              <th scope="col" className="is-figure">
                Pages
              </th>
              <th scope="col" className="is-figure">
                Clicks
              </th>
              <th scope="col" className="is-figure" title="Rage clicks, and clicks that nothing followed">
                Frustrations
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.id} row={row} zone={zone} href={hrefOf(row.id)} outlook={row.live ? outlookOf(row) : ''} />
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function Row({ row, zone, href, outlook }: { row: SessionRow; zone: string; href: string; outlook: string }) {
  const { start, entry, exit, durationMs, pageViews, clicks, rage, dead } = row;
  const frustrations = rage + dead;
  return (
    <tr data-session={row.id}>
      <th scope="row">
        <a href={href}>
          <time dateTime={new Date(start).toISOString()}>
            {formatDay(start, zone)}, {formatSecond(start, zone)}
          </time>
        </a>
        {row.live && <LiveMark />}
      </th>
      <td className="session-way" title={`${entry ?? '?'} → ${exit ?? '?'}`}>
        <span className="session-path">{entry ?? '–'}</span>
        {pageViews > 1 && <span className="session-path">→ {exit ?? '–'}</span>}
        {row.live && <span className="session-outlook">{outlook || '\u00a0'}</span>}
      </td>
      <td
        className="session-who"
        title="A made-up name: the same visitor has the same one all day, and hardly anybody else"
      >
        <span className="session-name">{visitorName(row.visitor)}</span> {whoText(row)}
      </td>
      <td className="is-figure">{formatDuration(durationMs)}</td>
      <Count of={pageViews} unit={pageViews === 1 ? 'page' : 'pages'} />
      <Count of={clicks} unit={clicks === 1 ? 'click' : 'clicks'} />
      <Count
        of={frustrations}
        unit={frustrations === 1 ? 'frustration' : 'frustrations'}
        title={`${formatWhole(rage)} rage, ${formatWhole(dead)} dead`}
        className={frustrations > 0 ? 'is-rage' : 'is-none'}
      />
    </tr>
  );
}

interface CountProps {
  of: number;
  /** Shown where the column has no head. */
  unit: string;
  title?: string;
  className?: string;
}

function Count({ of, unit, title, className = '' }: CountProps) {
  return (
    <td className={`is-figure ${className}`} title={title} data-unit={unit}>
      {formatWhole(of)}
    </td>
  );
}
