import type { ReactNode } from 'react';
import { Logo } from './logo.tsx';

/** What stands before the dashboard: one card in the middle of the page. `alert`: why the last attempt did not lead in. */
export function GateCard({ title, alert, children }: { title: string; alert: string; children: ReactNode }) {
  return (
    <main className="key-page">
      <div className="card key-form">
        <Logo />
        <h1>{title}</h1>
        {alert && (
          <p className="key-refusal" role="alert">
            {alert}
          </p>
        )}
        {children}
      </div>
    </main>
  );
}
