import { useState } from 'react';
import { otherValue } from '../../functions/contract/counter.ts';
import type { TransitionsAnswer } from '../../functions/contract/transitions-answer.ts';
import { formatNumbered, formatShare, formatWhole } from '../view/number-format.ts';
import { Card } from './card.tsx';

interface Props {
  answer: TransitionsAnswer;
  hrefOf: (path: string) => string;
}

const rowsAtFirst = 20;

/** The commonest ways from page to page of the whole site. */
export function TransitionTable({ answer: { rows, other }, hrefOf }: Props) {
  const [isWhole, setIsWhole] = useState(false);
  const total = rows.reduce((sum, { count }) => sum + count, other.count);
  const shown = isWhole ? rows : rows.slice(0, rowsAtFirst);
  const page = (path: string) => (path === otherValue ? 'Pages beyond the limit' : <a href={hrefOf(path)}>{path}</a>);
  return (
    <Card title="Commonest steps" note={`${formatWhole(total)} from page to page`} className="transition-card">
      {rows.length === 0 && <p className="quiet">Nobody has gone from one page to another in this time.</p>}
      {rows.length > 0 && (
        <div className="table-scroll">
          <table className="plain-table" data-testid="transition-table">
            <thead>
              <tr>
                <th scope="col">From</th>
                <th scope="col">To</th>
                <th scope="col" className="is-number">
                  Times
                </th>
                <th scope="col" className="is-number">
                  Of all
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map(({ from, to, count }) => (
                <tr key={`${from}\n${to}`}>
                  <td title={from}>{page(from)}</td>
                  <td title={to}>{page(to)}</td>
                  <td className="is-number">{formatWhole(count)}</td>
                  <td className="is-number">{formatShare(count, total)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rows.length > shown.length && (
        <button type="button" className="button more-rows" onClick={() => setIsWhole(true)}>
          Show {formatWhole(rows.length - shown.length)} more
        </button>
      )}
      {other.count > 0 && <p className="quiet">and {formatNumbered(other.count, 'step')} between other pages</p>}
    </Card>
  );
}
