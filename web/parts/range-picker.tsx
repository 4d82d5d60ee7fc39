import { useEffect, useState } from 'react';
import { daySpan, daysMax, type MapRange } from '../view/map-range.ts';

interface Props {
  /** What is shown now; a quick range leaves the dates empty. */
  range: MapRange;
  /** The site's date of today. */
  today: string;
  onChange: (range: MapRange) => void;
}

/** Any days: taken when both dates are there and in order. */
export function RangePicker({ range, today, onChange }: Props) {
  const [first = '', last = ''] = range.includes('..') ? range.split('..') : [];
  const [dates, setDates] = useState({ first, last });
  useEffect(() => {
    setDates({ first, last });
  }, [first, last]);
  const change = (next: typeof dates) => {
    setDates(next);
    const span = daySpan(next.first, next.last);
    if (span) onChange(span);
  };
  const isWrong = dates.first !== '' && dates.last !== '' && daySpan(dates.first, dates.last) === null;
  return (
    <fieldset className="range-picker" aria-describedby={isWrong ? 'range-fault' : undefined}>
      <legend className="visually-hidden">Days of your choice</legend>
      <input
        type="date"
        aria-label="First day"
        data-testid="first-day"
        value={dates.first}
        max={today}
        aria-invalid={isWrong}
        onChange={({ target }) => change({ ...dates, first: target.value })}
      />
      <span aria-hidden="true">–</span>
      <input
        type="date"
        aria-label="Last day"
        data-testid="last-day"
        value={dates.last}
        max={today}
        aria-invalid={isWrong}
        onChange={({ target }) => change({ ...dates, last: target.value })}
      />
      {isWrong && (
        <span id="range-fault" role="alert">
          The first day is to come before the last, {daysMax} days at most.
        </span>
      )}
    </fieldset>
  );
}
