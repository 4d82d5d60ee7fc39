import type { CellLayer } from '../../functions/contract/counter.ts';
import type { Device } from '../../functions/contract/record.ts';
import type { DateRange } from '../../web/view/date-range.ts';
import { factsOf, type Layer, layerNames } from '../../web/view/layer.ts';

/** The dashboard's layers that are heat made of cells of their own: what can be drawn on any page, without knowing its length. */
export type OverlayLayer = Extract<Layer, CellLayer>;
export const overlayLayers = layerNames.filter(
  (name): name is OverlayLayer => factsOf(name).drawn === 'cells' && factsOf(name).cells === name,
);

/** What the overlay shows. */
export interface View {
  /** As the browser has it. */
  path: string;
  device: Device;
  layer: OverlayLayer;
  range: DateRange;
  isLive: boolean;
}
