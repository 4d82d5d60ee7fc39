import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { browserGate } from './browser-gate.ts';
import { Dashboard } from './pages/dashboard.tsx';

const root = document.getElementById('app');
if (!root) throw new Error('index.html has no element with the id "app"');
createRoot(root).render(
  <StrictMode>
    <Dashboard gate={browserGate()} />
  </StrictMode>,
);
