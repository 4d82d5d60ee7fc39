import type { ReactNode } from 'react';
import { Field } from './field.tsx';

interface Props {
  label: string;
  hint: ReactNode;
  failure: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
}

/** Several of a kind, one a line. */
export function LinesField({ label, hint, failure, placeholder, value, onChange }: Props) {
  return (
    <Field label={label} hint={hint} failure={failure}>
      {(ids) => (
        <textarea
          {...ids}
          rows={Math.min(12, Math.max(3, value.split('\n').length + 1))}
          spellCheck={false}
          placeholder={placeholder}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
