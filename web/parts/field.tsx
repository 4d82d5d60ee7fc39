import { type ReactNode, useId } from 'react';

interface Props {
  label: string;
  hint?: ReactNode;
  /** What is wrong with it, a sentence; empty: nothing. */
  failure?: string;
  children: (ids: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean }) => ReactNode;
}

/** A labelled control, with what it means and what is wrong with it beside it, and read out with it. */
export function Field({ label, hint, failure = '', children }: Props) {
  const id = useId();
  const described = [hint ? `${id}-hint` : '', failure ? `${id}-failure` : ''].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': failure !== '' })}
      {hint && (
        <p id={`${id}-hint`} className="field-hint">
          {hint}
        </p>
      )}
      {failure && (
        <p id={`${id}-failure`} className="field-failure" role="alert">
          {failure}
        </p>
      )}
    </div>
  );
}
