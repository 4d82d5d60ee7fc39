import { useId } from 'react';

interface Props<T extends string> {
  label: string;
  options: readonly T[];
  labels: Record<T, string>;
  /** Null: none of them. */
  value: T | null;
  onChange: (value: T) => void;
}

/** One of a few: radio buttons that look like one switch, so the arrow keys work. */
export function Segmented<T extends string>({ label, options, labels, value, onChange }: Props<T>) {
  const name = useId();
  return (
    <fieldset className="segmented">
      <legend className="visually-hidden">{label}</legend>
      {options.map((option) => (
        <label key={option} className={option === value ? 'is-chosen' : ''}>
          <input
            type="radio"
            className="visually-hidden"
            name={name}
            value={option}
            checked={option === value}
            onChange={() => onChange(option)}
          />
          {labels[option]}
        </label>
      ))}
    </fieldset>
  );
}
