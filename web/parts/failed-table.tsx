import type { FailedSample } from '../../functions/contract/health.ts';
import { failureText, outlineText, placeText } from '../view/failure-text.ts';
import { formatInstant } from '../view/time-format.ts';
import { Card } from './card.tsx';

interface Props {
  samples: readonly FailedSample[];
  zone: string;
}

/** The newest records that wait, in outline. */
export function FailedTable({ samples, zone }: Props) {
  return (
    <Card title="The newest that wait" note="in outline: nothing about a visitor is shown" className="failed-card">
      <div className="table-scroll">
        <table className="plain-table" data-testid="failed-table">
          <thead>
            <tr>
              <th scope="col">Received</th>
              <th scope="col">Why</th>
              <th scope="col">Events</th>
              <th scope="col">Shard, position</th>
            </tr>
          </thead>
          <tbody>
            {samples.map(({ at, reason, message, events, shardId, sequenceNumber }) => (
              <tr key={`${shardId}-${sequenceNumber}`}>
                <th scope="row">{formatInstant(at, zone)}</th>
                <td>
                  <span>{failureText(reason)}</span>
                  <code>{message}</code>
                </td>
                <td>{outlineText(events)}</td>
                <td title={`${shardId} ${sequenceNumber}`}>{placeText(shardId, sequenceNumber)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
