/**
 * How far a session has come in each funnel. Steps count in the order in which they happened, and batches need not arrive in it: so a
 * session remembers the last events that were a step, in order, and of what came before them only how many steps that had led to. An
 * event that arrives late takes its place among those, or before them all, and may complete what had arrived before it. A step that was
 * reached stays reached: events are only ever added, and a sequence that holds the steps in order goes on to hold them.
 */
import { funnelsMax } from '../contract/goal.ts';
import { isBefore } from './session.ts';
import type { FunnelProgress, Session, StepHit } from './visitor-state.ts';

/** Events remembered in order, of all funnels together. */
export const stepHitsMax = 6;

/** Takes an event in. Returns the steps, counted from 0, that the session has reached by it and had not before. */
export function takeSteps(session: Session, given: StepHit): { funnel: string; step: number }[] {
  const hit = { ...given, steps: admitted(session, given.steps) };
  const marked = session.funnels.filter(({ id }) => hit.steps[id] !== undefined);
  if (marked.length === 0) return [];
  const before = marked.map((funnel) => stepsReached(funnel, session.hits));
  session.hits = inserted(session.hits, hit);
  const reached = marked.flatMap((funnel, index) => {
    const from = before[index] ?? 0;
    const count = stepsReached(funnel, session.hits) - from;
    return Array.from({ length: count }, (_, step) => ({ funnel: funnel.id, step: from + step }));
  });
  if (session.hits.length > stepHitsMax) settleFirst(session);
  return reached;
}

/** Without the funnels that a session has no room for: more than a site may have at once were in use while it went on. */
function admitted(session: Session, steps: StepHit['steps']): StepHit['steps'] {
  const fresh = Object.keys(steps).filter((id) => session.funnels.every((known) => known.id !== id));
  const room = Math.max(0, funnelsMax - session.funnels.length);
  session.funnels = [...session.funnels, ...fresh.slice(0, room).map((id) => ({ id, settled: 0 }))];
  return Object.fromEntries(Object.entries(steps).filter(([id]) => !fresh.slice(room).includes(id)));
}

function inserted(hits: readonly StepHit[], hit: StepHit): StepHit[] {
  const at = hits.findLastIndex((one) => isBefore(one, hit)) + 1;
  return [...hits.slice(0, at), hit, ...hits.slice(at)];
}

function stepsReached({ id, settled }: FunnelProgress, hits: readonly StepHit[]): number {
  return hits.reduce((count, { steps }) => advanced(count, steps[id]), settled);
}

/** An event takes a session one step on, however many steps it would be. */
function advanced(count: number, steps = 0): number {
  return (steps & (1 << count)) === 0 ? count : count + 1;
}

/** What came first is remembered by the steps that it has led to. */
function settleFirst(session: Session): void {
  const [first, ...others] = session.hits;
  if (!first) return;
  session.hits = others;
  session.funnels = session.funnels.map(({ id, settled }) => ({ id, settled: advanced(settled, first.steps[id]) }));
}
