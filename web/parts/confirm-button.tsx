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
  onConfirm: () => void;
}

/** What can't be taken back is asked for twice, in the same place. */
export function ConfirmButton({ label, of, confirm, action, onConfirm }: Props) {
  const [asked, setAsked] = useState(false);
  if (!asked) {
    return (
      <button
        type="button"
        className="button"
        aria-label={`${label} ${of}`}
        disabled={action.busy}
        onClick={() => setAsked(true)}
      >
        {label}
      </button>
    );
  }
  return (
    <span className="confirm">
      {/* biome-ignore lint/a11y/noAutofocus: it takes the place of the button that was just pressed. */}
      <button type="button" className="button" autoFocus onClick={() => setAsked(false)}>
        Keep
      </button>
      <button type="button" className="button button-danger" disabled={action.busy} onClick={onConfirm}>
        {confirm}
      </button>
    </span>
  );
}
