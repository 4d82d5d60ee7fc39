/** The item of one session: each time that something is told of it, all that is known of it is put down anew. */
import { hourKey, sessionKey } from '../../../functions/contract/counter.ts';
import { kind } from '../../../functions/contract/event.ts';
import type { Books } from './additive.ts';
import type { Happening } from './happening.ts';
import { Ledger } from './ledger.ts';
import { entryOf, exitOf } from './view-order.ts';

export class SessionItem {
  readonly #happenings: Happening[] = [];
  /** In which instant it began as far as the first record told, and what the books hold of it. */
  #firstStart: number | null = null;
  #known = new Ledger();
  /** Whether something was ever met: then it is also told that nothing is any more. */
  #hasMet = false;

  take(happening: Happening): void {
    this.#happenings.push(happening);
  }

  /** `met`: what was met in the view that the session would be left by, a letter each. */
  tell(isShown: boolean, met: string, { epoch, site, ledger }: Books): void {
    this.#hasMet ||= met !== '';
    for (const [key, name, amount] of this.#known.all()) ledger.add(key, name, -amount);
    const known = new Ledger();
    this.#put(isShown, epoch, site, known);
    const [first] = this.#happenings;
    if (this.#hasMet && first) known.add(this.#keyOf(first, epoch, site), `says f ${met || '-'}`);
    for (const [key, name, amount] of known.all()) ledger.add(key, name, amount);
    this.#known = known;
  }

  #put(isShown: boolean, epoch: string, site: string, ledger: Ledger): void {
    const [first] = this.#happenings;
    if (!first) return;
    const times = this.#happenings.map(({ at }) => at);
    const start = Math.min(...times);
    this.#firstStart ??= start;
    const { day, hour } = first;
    const key = this.#keyOf(first, epoch, site);
    const add = (name: string, amount = 1) => ledger.add(key, name, amount);
    add('ea', this.#firstStart - start);
    add('du', Math.max(...times) - start);
    add('shown', isShown ? 1 : 0);
    const done = this.#happenings.filter(({ event }) => event[0] !== kind.heartbeat).map(({ at }) => at);
    if (done.length > 0) ledger.add(hourKey(epoch, site, day, hour), 'du', Math.max(...done) - start);
    for (const { event } of this.#happenings) {
      if (event[0] === kind.view) add('pv');
      if (event[0] === kind.click) add('cl');
      if (event[0] === kind.rage && event[5] === 3) add('ra');
      if (event[0] === kind.dead) add('de');
      if (event[0] === kind.engaged) add('en', event[3]);
    }
    for (const text of this.#texts(first)) add(`says ${text}`);
  }

  #keyOf({ day, record }: Happening, epoch: string, site: string) {
    return sessionKey(epoch, site, { day, firstStart: this.#firstStart ?? 0, visitor: record.visitor });
  }

  #texts({ record, page }: Happening): string[] {
    const { country, browser, os, language } = record;
    const texts = [`w ${[page.device, country, browser, os, language].join('\n')}`];
    const [first, ...others] = this.#happenings.filter(({ event }) => event[0] === kind.view);
    if (first) {
      const entry = entryOf(first, others).page;
      texts.push(`e ${entry.referrer} ${entry.path}`, `x ${exitOf(first, others).page.path}`);
    }
    return texts;
  }
}
