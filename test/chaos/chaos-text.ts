import type { Sums } from '../../localstack/visitors/tally.ts';
import type { ChaosReport } from './run-chaos.ts';

/** What a run came to, for a person. */
export function chaosText({ book, struck, comparison, counted, differences, sentMs }: ChaosReport): string {
  const seconds = sentMs / 1000;
  const kinds = [...struck].sort(([, one], [, other]) => other - one);
  const total = kinds.reduce((sum, [, times]) => sum + times, 0);
  const answers = [...book.answers].map(([status, times]) => `${status || 'none'} × ${times}`).join(', ');
  return `
requests             ${book.requests}; answers: ${answers}
events accepted      ${book.acceptedEvents} (${Math.round(book.acceptedEvents / seconds)}/s) in ${seconds.toFixed(0)} s
batches              ${book.acceptedBatches} accepted, ${comparison.unanswered} counted though their sender never knew, ${comparison.untaken} never arrived
faults               ${total}, the stream split to 4 shards, everything killed, the stream merged to 2
${kinds.map(([kind, times]) => `  ${kind.padEnd(24)} ${String(times).padStart(6)}`).join('\n')}

${''.padEnd(12)}${'taken'.padStart(12)}${'counted'.padStart(12)}
${(Object.keys(counted) as (keyof Sums)[]).map((field) => `${field.padEnd(12)}${String(comparison.wanted[field]).padStart(12)}${String(counted[field]).padStart(12)}`).join('\n')}

difference ${differences.length}${differences.map((line) => `\n  ${line}`).join('')}`;
}
