/** What a session's own item must say, of the session as a whole; and what a stored one says, under the same names. */
import { parseSessionSort } from '../../functions/contract/counter.ts';
import { kind, type PulseEvent } from '../../functions/contract/event.ts';
import type { RecordPage } from '../../functions/contract/record.ts';

interface Happening {
  event: PulseEvent;
  at: number;
  visitor: string;
  record: { browser: string };
}

/** `session`: in order of time. */
export function countSession(
  session: readonly Happening[],
  { entry, exit }: { entry: RecordPage | undefined; exit: RecordPage | undefined },
  add: (name: string, amount?: number) => void,
): void {
  const [first] = session;
  if (!first) return;
  const of = `session ${first.visitor} ${first.at}`;
  const count = (what: number) => session.filter(({ event }) => event[0] === what).length;
  add(`${of} lasted`, (session.at(-1)?.at ?? 0) - first.at);
  add(`${of} pv`, count(kind.view));
  add(`${of} cl`, count(kind.click));
  add(`${of} ra`, session.filter(({ event }) => event[0] === kind.rage && event[5] === 3).length);
  add(`${of} de`, count(kind.dead));
  for (const { event } of session) if (event[0] === kind.engaged) add(`${of} en`, event[3]);
  if (entry) add(`${of} from ${entry.referrer} ${entry.path}`);
  if (exit) add(`${of} to ${exit.path}`);
  add(`${of} with desktop\nDE\n${first.record.browser}\nLinux\nde`);
  const done = session.filter(({ event }) => event[0] !== kind.heartbeat).at(-1);
  if (done) add('day duration', done.at - first.at);
}

export function sessionFigures(
  sk: string,
  { ea = 0, du = 0, si = 0, so = 0, ...counted }: Record<string, number>,
  { w, e, x }: Record<string, string>,
): [name: string, value: number][] {
  const { firstStart, visitor } = parseSessionSort(sk);
  const of = `session ${visitor} ${firstStart - ea}`;
  const figures: [name: string, value: number][] = [
    [`${of} lasted`, du],
    [`${of} with ${w}`, 1],
    [`${of} shown and not in turn`, si - so === 0 || si - so === 1 ? 0 : 1],
  ];
  if (e !== undefined) figures.push([`${of} from ${e}`, 1]);
  if (x !== undefined) figures.push([`${of} to ${x}`, 1]);
  for (const [name, value] of Object.entries(counted)) figures.push([`${of} ${name}`, value]);
  return figures;
}
