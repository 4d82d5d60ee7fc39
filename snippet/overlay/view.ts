import type { Device } from '../../functions/contract/record.ts';
import type { DateRange } from '../../web/view/date-range.ts';
import type { Layer } from '../../web/view/layer.ts';

/** What the overlay shows. */
export interface View {
  /** As the browser has it. */
  path: string;
  device: Device;
  layer: Layer;
  range: DateRange;
  isLive: boolean;
}
