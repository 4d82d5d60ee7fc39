import { type ReactNode, useEffect, useRef } from 'react';

interface Props {
  label: string;
  className?: string;
  testId?: string;
  children: ReactNode;
}

/** Between the content and the window's edge. */
const edgePx = 12;

/** A button and what opens below it. Escape closes it, and so does a press elsewhere; the focus stays at the button. */
export function DropDown({ label, className = '', testId, children }: Props) {
  const details = useRef<HTMLDetailsElement>(null);
  const content = useRef<HTMLDivElement>(null);
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
      onToggle={() => content.current && keepInSight(content.current)}
      onKeyDown={({ key, currentTarget }) => {
        if (key !== 'Escape') return;
        currentTarget.open = false;
        currentTarget.querySelector('summary')?.focus();
      }}
    >
      <summary className="button" data-testid={testId}>
        {label}
      </summary>
      <div ref={content} className="drop-down-content">
        {children}
      </div>
    </details>
  );
}

/** It hangs from the button's right edge: where that is far to the left, it is moved until all of it shows. */
function keepInSight(content: HTMLElement): void {
  content.style.translate = '';
  const { left } = content.getBoundingClientRect();
  if (left < edgePx) content.style.translate = `${edgePx - left}px`;
}
