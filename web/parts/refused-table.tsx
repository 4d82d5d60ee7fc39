import type { HealthAnswer } from '../../functions/contract/health.ts';
import { formatWhole } from '../view/number-format.ts';
import { formatDate } from '../view/time-format.ts';
import { Card } from './card.tsx';

/** Batches that were never accepted. Those of no known site are the whole deployment's. */
export function RefusedTable({ refused }: { refused: HealthAnswer['refused'] }) {
  const rows = [
    ...refused.site.map((row) => ({ ...row, whose: 'this site' })),
    ...refused.unknown.map((row) => ({ ...row, whose: 'no known site' })),
  ];
  return (
    <Card
      title="Refused at the door"
      note={`at least, since ${formatDate(Date.parse(refused.since), 'UTC')}, UTC`}
      className="refused-card"
    >
      {rows.length === 0 && <p className="quiet">No batch was refused.</p>}
      {rows.length > 0 && (
        <div className="table-scroll">
          <table className="plain-table" data-testid="refused-table">
            <thead>
              <tr>
                <th scope="col">Why</th>
                <th scope="col" className="is-number">
                  Batches
                </th>
                <th scope="col">Sent to</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ code, batches, sample, whose }) => (
                <tr key={`${whose} ${code}`}>
                  <th scope="row">
                    <span>{code}</span>
                    <code>{sample}</code>
                  </th>
                  <td className="is-number">{formatWhole(batches)}</td>
                  <td>{whose}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}
