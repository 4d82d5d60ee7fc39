import { type FormEvent, useState } from 'react';
import { markerTextMax } from '../../functions/contract/answer.ts';
import { useAction } from '../use-action.ts';
import type { Markers } from '../use-markers.ts';
import { instantOfLocal } from '../view/chart-marks.ts';
import { formatInstant } from '../view/time-format.ts';
import { ConfirmButton } from './confirm-button.tsx';

interface Props {
  markers: Markers;
  zone: string;
}

/** The markers of the time that is shown, a form for another, and a way to take one back that was set by mistake. */
export function MarkerList({ markers, zone }: Props) {
  const { rows, error, mayWrite, add, remove } = markers;
  const [text, setText] = useState('');
  const [when, setWhen] = useState('');
  const action = useAction();
  const failure = action.failureBeside([]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void action.run(async () => {
      await add(text.trim(), instantOfLocal(when, zone));
      setText('');
      setWhen('');
    });
  };
  return (
    <details className="marker-list" data-testid="markers">
      <summary>
        Markers <span className="quiet">{rows.length === 0 ? 'none in this time' : rows.length}</span>
      </summary>
      {error && <p className="marker-fault">Markers could not be loaded: {error.message}</p>}
      <ul>
        {rows.map(({ at, text: known }) => (
          <li key={at}>
            <time dateTime={new Date(at).toISOString()}>{formatInstant(at, zone)}</time>
            <span className="marker-text">{known}</span>
            {mayWrite && (
              <ConfirmButton
                label="Remove"
                of={known}
                confirm="Remove"
                action={action}
                onConfirm={() => void action.run(() => remove(at))}
              />
            )}
          </li>
        ))}
      </ul>
      {mayWrite && (
        <form onSubmit={submit}>
          <label>
            <span>What happened</span>
            <input
              value={text}
              required
              maxLength={markerTextMax}
              placeholder="Release 2.4"
              data-testid="marker-text"
              onChange={({ target }) => setText(target.value)}
            />
          </label>
          <label>
            <span>When (empty: now), {zone.replaceAll('_', ' ')}</span>
            <input type="datetime-local" value={when} onChange={({ target }) => setWhen(target.value)} />
          </label>
          <button type="submit" className="button" disabled={text.trim() === ''} data-testid="marker-add">
            Mark
          </button>
        </form>
      )}
      {failure && (
        <p className="marker-fault" role="alert">
          {failure}
        </p>
      )}
      <p className="quiet">
        A marker cuts comparisons and playback, and pages get new pictures two minutes after it. Build servers set them,
        too: POST /v1/sites/…/markers.
      </p>
    </details>
  );
}
