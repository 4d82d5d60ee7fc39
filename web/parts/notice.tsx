import type { ReactNode } from 'react';

/** Says what is wrong or missing, and what to do about it. */
export function Notice({ title, tone, children }: { title: string; tone: 'error' | 'calm'; children: ReactNode }) {
  return (
    <section className={`notice notice-${tone}`} role={tone === 'error' ? 'alert' : 'note'}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
