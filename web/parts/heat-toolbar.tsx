import type { ReactNode } from 'react';
import type { PageRow } from '../../functions/contract/answer.ts';
import { type Device, devices } from '../../functions/contract/record.ts';
import { type HeatmapRoute, withLayer } from '../route.ts';
import { LayerPicker } from './layer-picker.tsx';
import { PagePicker } from './page-picker.tsx';
import { Segmented } from './segmented.tsx';
import { TimePicker } from './time-picker.tsx';

interface Props {
  route: HeatmapRoute;
  /** Null: not known yet. */
  pages: readonly PageRow[] | null;
  zone: string;
  onChange: (route: HeatmapRoute) => void;
  /** At the end of the first line. */
  children: ReactNode;
}

const deviceLabel: Record<Device, string> = { desktop: 'Desktop', tablet: 'Tablet', mobile: 'Mobile' };

export function HeatToolbar({ route, pages, zone, onChange, children }: Props) {
  return (
    <div className="toolbar" role="toolbar" aria-label="What the map shows">
      <PagePicker path={route.path} pages={pages} onChange={(path) => onChange({ ...route, path })} />
      <Segmented
        label="Device"
        options={devices}
        labels={deviceLabel}
        value={route.device}
        onChange={(device) => onChange({ ...route, device })}
      />
      <TimePicker range={route.range} zone={zone} onChange={(range) => onChange({ ...route, range })} />
      {children}
      <LayerPicker value={route.layer} onChange={(layer) => onChange(withLayer(route, layer))} />
    </div>
  );
}
