import { localDay } from '../../functions/contract/time-unit.ts';
import { dateRangeLabel, dateRanges, isDateRange } from '../view/date-range.ts';
import type { MapRange } from '../view/map-range.ts';
import { RangePicker } from './range-picker.tsx';
import { Segmented } from './segmented.tsx';

interface Props {
  range: MapRange;
  /** The site's, whose days they are. */
  zone: string;
  onChange: (range: MapRange) => void;
}

/** The time that figures are of: a quick one, or days of the reader's choice. */
export function TimePicker({ range, zone, onChange }: Props) {
  return (
    <div className="time-picker">
      <Segmented
        label="Time"
        options={dateRanges}
        labels={dateRangeLabel}
        value={isDateRange(range) ? range : null}
        onChange={onChange}
      />
      <RangePicker range={range} today={localDay(Date.now(), zone)} onChange={onChange} />
    </div>
  );
}
