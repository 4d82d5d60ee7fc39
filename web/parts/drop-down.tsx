import { type ReactNode, useEffect, useRef } from 'react';

interface Props {
  label: string;
  className?: string;
  testId?: string;
  children: ReactNode;
}

/** A button and what opens below it. Escape closes it, and so does a press elsewhere; the focus stays at the button. */
export function DropDown({ label, className = '', testId, children }: Props) {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = ({ target }: PointerEvent) => {
      if (details.current?.open && !details.current.contains(target as Node)) details.current.open = false;
    };
    addEventListener('pointerdown', close);
    return () => removeEventListener('pointerdown', close);
  }, []);
  return (
    <details
      ref={details}
      className={`drop-down ${className}`}
      onKeyDown={({ key, currentTarget }) => {
        if (key !== 'Escape') return;
        currentTarget.open = false;
        currentTarget.querySelector('summary')?.focus();
      }}
    >
      <summary className="button" data-testid={testId}>
        {label}
      </summary>
      <div className="drop-down-content">{children}</div>
    </details>
  );
}
