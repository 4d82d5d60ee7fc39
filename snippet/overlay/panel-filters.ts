import { type Device, devices } from '../../functions/contract/record.ts';
import { dateRangeLabel, dateRanges } from '../../web/view/date-range.ts';
import { factsOf, layerNames } from '../../web/view/layer.ts';
import { choiceOf, make } from './panel-element.ts';
import type { View } from './view.ts';

const deviceLabel: Record<Device, string> = { desktop: 'Desktop', tablet: 'Tablet', mobile: 'Mobile' };

/** What is drawn: layer, device class, time, and whether it goes on. */
export function makeFilters(
  view: View,
  onChange: (change: Partial<View>) => void,
): { elements: HTMLElement[]; chooseDevice(device: Device): void } {
  const layerOptions = layerNames.map((layer) => [layer, factsOf(layer).label] as const);
  const deviceOptions = devices.map((device) => [device, deviceLabel[device]] as const);
  const rangeOptions = dateRanges.map((range) => [range, dateRangeLabel[range]] as const);
  const layer = choiceOf('Layer', layerOptions, view.layer, (value) => onChange({ layer: value }));
  const device = choiceOf('Visitors on', deviceOptions, view.device, (value) => onChange({ device: value }));
  const range = choiceOf('Time', rangeOptions, view.range, (value) => onChange({ range: value }));
  const live = make('input', { type: 'checkbox' });
  live.checked = view.isLive;
  live.addEventListener('change', () => onChange({ isLive: live.checked }));
  return {
    elements: [layer.element, device.element, range.element, make('label', { class: 'live' }, live, 'Live')],
    chooseDevice: device.choose,
  };
}
