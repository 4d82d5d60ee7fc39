import { type ReactNode, useId } from 'react';

interface Props {
  title: string;
  note?: ReactNode;
  /** At the right end of the head. */
  action?: ReactNode;
  className?: string;
  children: ReactNode;
}

export function Card({ title, note, action, className = '', children }: Props) {
  const id = useId();
  return (
    <section className={`card ${className}`} aria-labelledby={id}>
      <header className="card-head">
        <h2 id={id}>{title}</h2>
        {note && <p className="card-note">{note}</p>}
        {action}
      </header>
      {children}
    </section>
  );
}
