/**
 * What a visitor meets or does in a view, by which views that are the session's last are held against the others: frustration (a burst of
 * rage clicks, a click that nothing followed, a hover of 1 s or more that no click followed), and use. A view without use was hardly
 * engaged with, or hardly scrolled: so both are told.
 */
export const signals = ['rage', 'dead', 'hesitation', 'engaged', 'read'] as const;
export type Signal = (typeof signals)[number];

/** Visible and active time from which on a view is engaged with: that of an engaged session (https://support.google.com/analytics/answer/12195621). */
export const engagedFromMs = 10_000;
/** The band of the page (of twenty) from which on it is read: what is below its half. */
export const readFromBand = 10;

/** As bits, for a visitor's state. */
export function signalBit(signal: Signal): number {
  return 1 << signals.indexOf(signal);
}
export function signalsOf(bits: number): Signal[] {
  return signals.filter((signal) => (bits & signalBit(signal)) !== 0);
}

const letters: Record<Signal, string> = { rage: 'R', dead: 'D', hesitation: 'H', engaged: 'E', read: 'L' };

/**
 * In a page's item: views that met it while they were their session's last (`met`), and those of them after which the session went on
 * (`passed`). So met − passed are the views with it that were the last.
 */
export function signalName(signal: Signal, side: 'met' | 'passed'): string {
  return `${letters[signal]}${side === 'met' ? 'i' : 'o'}`;
}

/** In a session's item; '-' stands for none. Inverse: `parseSignals`. */
export function formatSignals(bits: number): string {
  const text = signalsOf(bits).map((signal) => letters[signal]);
  return text.join('') || '-';
}
export function parseSignals(text: string): Signal[] {
  return signals.filter((signal) => text.includes(letters[signal]));
}
