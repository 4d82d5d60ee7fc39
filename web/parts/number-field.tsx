import { Field } from './field.tsx';

interface Props {
  label: string;
  hint: string;
  failure: string;
  /** Left out: the field may stay empty. */
  required?: boolean;
  min: number;
  max: number;
  /** As it is typed. */
  value: string;
  onChange: (value: string) => void;
}

/** A whole number within its bounds. */
export function NumberField({ label, hint, failure, onChange, ...input }: Props) {
  return (
    <Field label={label} hint={hint} failure={failure}>
      {(ids) => <input {...ids} {...input} type="number" onChange={(event) => onChange(event.target.value)} />}
    </Field>
  );
}
