/** How a session's way through funnels is written in its visitor's state: ids have eight characters, steps are few. */
import { formatOrder, parseOrder } from './order-text.ts';
import type { FunnelProgress, Session, StepHit } from './visitor-state.ts';

/** Each id with its settled steps. */
export function funnelsText({ funnels }: Pick<Session, 'funnels'>): string {
  return funnels.map(({ id, settled }) => `${id}${settled}`).join('');
}

/** `at.load.order.steps`: `at` from the session's start on, `steps` three characters for each funnel, its place among them and the bits. */
export function hitsText({ start, funnels, hits }: Pick<Session, 'start' | 'funnels' | 'hits'>): string {
  return hits
    .map(({ at, load, order, steps }) => {
      const taken = funnels.map(({ id }, index) => (steps[id] ? `${index}${digits(steps[id]).padStart(2, '0')}` : ''));
      return [digits(at - start), load, formatOrder(order), taken.join('')].join('.');
    })
    .join();
}

/** Inverse of both. */
export function progressOf(start: number, funnelText: string, hitText: string): Pick<Session, 'funnels' | 'hits'> {
  const funnels = (funnelText.match(/.{9}/g) ?? []).map(
    (text): FunnelProgress => ({ id: text.slice(0, 8), settled: Number(text.slice(8)) }),
  );
  const hits = hitText === '' ? [] : hitText.split(',').map((text) => hitOf(start, funnels, text));
  return { funnels, hits };
}

function hitOf(start: number, funnels: readonly FunnelProgress[], text: string): StepHit {
  const [at = '', load = '', order = '', taken = ''] = text.split('.');
  const steps = (taken.match(/.{3}/g) ?? []).map((one): [string, number] => {
    return [funnels[Number(one[0])]?.id ?? '', numberOf(one.slice(1))];
  });
  return { at: start + numberOf(at), load, order: parseOrder(order), steps: Object.fromEntries(steps) };
}

function digits(value: number): string {
  return value.toString(36);
}
function numberOf(text: string): number {
  return Number.parseInt(text, 36);
}
