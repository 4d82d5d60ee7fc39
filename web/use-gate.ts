import { useSyncExternalStore } from 'react';
import type { Gate, GateState } from './gate.ts';

export function useGate(gate: Gate): GateState {
  return useSyncExternalStore(gate.subscribe, gate.getSnapshot);
}
