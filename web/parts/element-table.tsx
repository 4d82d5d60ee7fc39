import { useMemo } from 'react';
import type { HeatLayer } from '../route.ts';
import type { PlacedElement } from '../view/heatmap-view.ts';
import { formatDuration, formatWhole } from '../view/number-format.ts';
import { Card } from './card.tsx';

interface Props {
  elements: readonly PlacedElement[];
  layer: HeatLayer;
  pointed: string;
  onPoint: (key: string) => void;
  /** The reader wants to see the element on the map. */
  onReveal: (key: string) => void;
}

const rowsMax = 60;

/** The same counters as the map's heat, by element. Pointing at a row outlines it on the map, and the other way round. */
export function ElementTable({ elements, layer, pointed, onPoint, onReveal }: Props) {
  const rows = useMemo(() => sorted(elements, layer), [elements, layer]);
  return (
    <Card title="Elements" note="of the whole time chosen" className="element-card">
      <div className="table-scroll">
        <table data-testid="element-table">
          <thead>
            <tr>
              <th scope="col">Element</th>
              <th scope="col">Clicks</th>
              <th scope="col">Rage</th>
              <th scope="col">Hovers</th>
              <th scope="col">Hover time</th>
            </tr>
          </thead>
          <tbody onMouseLeave={() => onPoint('')}>
            {rows.slice(0, rowsMax).map(({ key, label, counts }) => (
              <tr
                key={key}
                tabIndex={0}
                data-key={key}
                className={key === pointed ? 'is-pointed' : ''}
                onMouseEnter={() => onPoint(key)}
                onClick={() => onReveal(key)}
                onKeyDown={(event) => event.key === 'Enter' && onReveal(key)}
                onFocus={() => onPoint(key)}
                onBlur={() => onPoint('')}
              >
                <th scope="row" title={key}>
                  <span>{label || key || 'Elements without a name'}</span>
                  {label && <code>{key}</code>}
                </th>
                <td>{formatWhole(counts.clicks)}</td>
                <td className={counts.rage > 0 ? 'is-rage' : ''}>{formatWhole(counts.rage)}</td>
                <td>{formatWhole(counts.hovers)}</td>
                <td>{counts.hoverMs > 0 ? formatDuration(counts.hoverMs) : '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length === 0 && <p className="quiet">Nothing was clicked or pointed at in this time.</p>}
      {rows.length > rowsMax && <p className="quiet">and {formatWhole(rows.length - rowsMax)} more</p>}
    </Card>
  );
}

function sorted(elements: readonly PlacedElement[], layer: HeatLayer): PlacedElement[] {
  const by = layer === 'click' ? 'clicks' : 'hoverMs';
  return elements
    .filter(({ counts }) => counts.clicks + counts.rage + counts.hovers > 0)
    .sort((a, b) => b.counts[by] - a.counts[by] || b.counts.clicks - a.counts.clicks || (a.key < b.key ? -1 : 1));
}
