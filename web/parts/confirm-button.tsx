import { useState } from 'react';
import type { Action } from '../use-action.ts';

interface Props {
  /** What the first press offers, such as "Revoke". */
  label: string;
  /** Of what, for whoever hears the button alone. */
  of: string;
  /** What the second press does, such as "Revoke it now". */
  confirm: string;
  action: Action;
  /** There is nothing to do yet. */
  disabled?: boolean;
  onConfirm: () => void;
}

/** What can't be taken back is asked for twice, in the same place. The focus stays there: Escape and "Keep" give it back. */
export function ConfirmButton({ label, of, confirm, action, disabled = false, onConfirm }: Props) {
  const [stage, setStage] = useState<'untouched' | 'asked' | 'kept'>('untouched');
  if (stage !== 'asked') {
    return (
      <button
        type="button"
        className="button"
        aria-label={`${label} ${of}`}
        disabled={action.busy || disabled}
        // biome-ignore lint/a11y/noAutofocus: it takes the place of the one that was just pressed.
        autoFocus={stage === 'kept'}
        onClick={() => setStage('asked')}
      >
        {label}
      </button>
    );
  }
  const confirmed = () => {
    setStage('kept');
    onConfirm();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys of the buttons in it.
    <span className="confirm" onKeyDown={({ key }) => key === 'Escape' && setStage('kept')}>
      {/* biome-ignore lint/a11y/noAutofocus: it takes the place of the button that was just pressed. */}
      <button type="button" className="button" autoFocus onClick={() => setStage('kept')}>
        Keep
      </button>
      <button type="button" className="button button-danger" disabled={action.busy} onClick={confirmed}>
        {confirm}
      </button>
    </span>
  );
}
