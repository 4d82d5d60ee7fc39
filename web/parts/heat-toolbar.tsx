import type { PageRow } from '../../functions/contract/answer.ts';
import { otherValue } from '../../functions/contract/counter.ts';
import { type Device, devices } from '../../functions/contract/record.ts';
import { type HeatLayer, heatLayers } from '../route.ts';
import type { HeatmapRoute } from '../use-heat.ts';
import { dateRangeLabel, dateRanges } from '../view/date-range.ts';
import { formatCount } from '../view/number-format.ts';
import { Segmented } from './segmented.tsx';

interface Props {
  route: HeatmapRoute;
  pages: readonly PageRow[];
  onChange: (change: Partial<HeatmapRoute>) => void;
}

const deviceLabel: Record<Device, string> = { desktop: 'Desktop', tablet: 'Tablet', mobile: 'Mobile' };
const layerLabel: Record<HeatLayer, string> = { click: 'Clicks', move: 'Movement' };

export function HeatToolbar({ route, pages, onChange }: Props) {
  const named = pages.filter(({ path }) => path !== otherValue);
  const isListed = route.path === '' || named.some(({ path }) => path === route.path);
  return (
    <div className="toolbar" role="toolbar" aria-label="What the map shows">
      <label className="page-picker">
        <span>Page</span>
        <select
          value={route.path}
          data-testid="page-picker"
          onChange={(event) => onChange({ path: event.target.value })}
        >
          {route.path === '' && <option value="">Choose a page</option>}
          {!isListed && <option value={route.path}>{route.path} (no views in this time)</option>}
          {named.map(({ path, pageViews }) => (
            <option key={path} value={path}>
              {path} · {formatCount(pageViews)} views
            </option>
          ))}
        </select>
      </label>
      <Segmented
        label="Device"
        options={devices}
        labels={deviceLabel}
        value={route.device}
        onChange={(device) => onChange({ device })}
      />
      <Segmented
        label="Layer"
        options={heatLayers}
        labels={layerLabel}
        value={route.layer}
        onChange={(layer) => onChange({ layer })}
      />
      <Segmented
        label="Time"
        options={dateRanges}
        labels={dateRangeLabel}
        value={route.range}
        onChange={(range) => onChange({ range })}
      />
    </div>
  );
}
