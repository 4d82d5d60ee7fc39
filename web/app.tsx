import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { browserGate } from './browser-gate.ts';
import { Dashboard } from './pages/dashboard.tsx';
import { FaultBoundary } from './parts/fault-boundary.tsx';

const root = document.getElementById('app');
if (!root) throw new Error('index.html has no element with the id "app"');
createRoot(root).render(
  <StrictMode>
    <FaultBoundary place="">
      <Dashboard gate={browserGate()} />
    </FaultBoundary>
  </StrictMode>,
);
