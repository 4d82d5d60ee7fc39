import type { LiveSnapshot } from '../live/store.ts';
import type { LiveView } from '../view/live-view.ts';
import { formatWhole } from '../view/number-format.ts';
import { formatSecond } from '../view/time-format.ts';
import { ShareRow } from './share-row.tsx';

interface Props {
  live: LiveSnapshot;
  view: LiveView;
  zone: string;
}

export function ActiveNow({ live, view, zone }: Props) {
  const known = live.asOf > 0;
  const isLate = known && live.connection.name !== 'live';
  const { rows, total, hidden } = view.activePages;
  return (
    <section className={`card active-now ${isLate ? 'is-late' : ''}`} aria-labelledby="active-now-title">
      <header className="card-head">
        <h2 id="active-now-title">Active now</h2>
        {known && (
          <p className="card-note as-of">
            {isLate && <span className="late-mark">late</span>} as of {formatSecond(live.asOf, zone)}
          </p>
        )}
      </header>
      <p className="active-figure">
        <output data-testid="active" data-active={known ? view.active : ''} aria-live="off">
          {known ? formatWhole(view.active) : '–'}
        </output>
        <span className="pulse" aria-hidden="true" />
      </p>
      <p className="definition">
        Sessions with a page visible now: a sign of life in the last 45–50 s, not hidden or left.
      </p>
      <h3 className="list-title">
        On these pages <span>visible loads</span>
      </h3>
      <ol className="share-list" data-testid="active-pages">
        {rows.map((row) => (
          <ShareRow key={row.id} row={row} share={row.count / (rows[0]?.count ?? 1)} total={total} />
        ))}
      </ol>
      {rows.length === 0 && (
        <p className="quiet">{known ? 'Nobody is looking right now.' : 'Waiting for the first number.'}</p>
      )}
      {hidden > 0 && <p className="quiet">and {formatWhole(hidden)} more</p>}
    </section>
  );
}
