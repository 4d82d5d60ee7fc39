import type { CostAnswerLine } from '../../functions/contract/cost-answer.ts';
import { formatQuantity, formatUsd } from '../view/money.ts';
import { Card } from './card.tsx';

interface Props {
  title: string;
  note: string;
  lines: readonly CostAnswerLine[];
  /** Said where there is nothing. */
  empty: string;
}

/** What is billed, dearest first. */
export function CostTable({ title, note, lines, empty }: Props) {
  const sorted = [...lines].sort((one, other) => other.usd - one.usd);
  return (
    <Card title={title} note={note} className="cost-table">
      {sorted.length === 0 && <p className="quiet">{empty}</p>}
      {sorted.length > 0 && (
        <div className="table-scroll">
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">Service</th>
                <th scope="col">What</th>
                <th scope="col" className="is-number">
                  How much
                </th>
                <th scope="col" className="is-number">
                  Cost
                </th>
              </tr>
            </thead>
            <tbody>
              {sorted.map(({ service, unit, what, quantity, usd, isCounted }) => (
                <tr key={unit}>
                  <th scope="row">{service}</th>
                  <td>
                    {what}
                    {!isCounted && <span className="cost-estimated"> · estimated</span>}
                  </td>
                  <td className="is-number">{formatQuantity(quantity)}</td>
                  <td className="is-number">{formatUsd(usd)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}
