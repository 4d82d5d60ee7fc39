import { type KeyboardEvent, useState } from 'react';
import { parseScaleEnd } from '../route.ts';
import { roundScaleEnd } from '../view/heat-scale.ts';
import { Segmented } from './segmented.tsx';

interface Props {
  unit: 'count' | 'ms';
  /** Where the scale ends now, in the unit. */
  end: number;
  fixedAt: number | null;
  onFix: (end: number | null) => void;
}

const kinds = ['percentile', 'fixed'] as const;
const kindLabel = { percentile: '99th percentile', fixed: 'Fixed' };

/** Whether colours follow the map, or mean the same on every map. Times are written in seconds. */
export function ScaleSwitch({ unit, end, fixedAt, onFix }: Props) {
  const per = unit === 'ms' ? 1000 : 1;
  const written = fixedAt === null ? '' : String(fixedAt / per);
  // What is being typed stands until the end is another.
  const [typed, setTyped] = useState({ over: written, text: written });
  const text = typed.over === written ? typed.text : written;
  const setText = (next: string) => setTyped({ over: written, text: next });
  const number = parseScaleEnd(String(Math.round(Number(text) * per)));
  const commit = () => (number === null ? setText(written) : onFix(number));
  const commitOnEnter = (event: KeyboardEvent) => event.key === 'Enter' && commit();
  return (
    <div className="scale-switch">
      <span className="scale-end">
        {fixedAt === null ? (
          'Scale ends at the'
        ) : (
          <>
            Scale ends at
            <input
              inputMode="decimal"
              value={text}
              aria-invalid={number === null}
              aria-label={unit === 'ms' ? 'End of the scale, in seconds' : 'End of the scale'}
              data-testid="scale-end"
              onChange={({ target }) => setText(target.value)}
              onBlur={commit}
              onKeyDown={commitOnEnter}
            />
            {unit === 'ms' && 's'}
          </>
        )}
      </span>
      <Segmented
        label="Scale"
        options={kinds}
        labels={kindLabel}
        value={fixedAt === null ? 'percentile' : 'fixed'}
        onChange={(kind) => onFix(kind === 'fixed' ? roundScaleEnd(end) : null)}
      />
    </div>
  );
}
