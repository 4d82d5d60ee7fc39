/** Frames into a dashboard: what it reads never throws, and never makes it forget or lower what it knew. */
import fc from 'fast-check';
import { isNewerEpoch, type LiveItems, merge, noItems } from '../../web/live/merge.ts';
import { readServerMessage } from '../../web/live/server-message.ts';
import { createLiveStore } from '../../web/live/store.ts';
import { accountOf } from './account.ts';
import { Broken } from './broken.ts';
import { frameArbitrary } from './frame-arbitrary.ts';

export interface FramesReport {
  frames: number;
  /** How many were read as what. */
  read: Map<string, number>;
  broken: string | null;
}

export function runFrames({ frames, seed }: { frames: number; seed: number }): FramesReport {
  const report: FramesReport = { frames: 0, read: new Map(), broken: null };
  const connection = fc.array(frameArbitrary, { minLength: 1, maxLength: 12, size: 'max' });
  while (report.frames < frames && !report.broken) {
    const details = fc.check(
      fc.property(connection, (list) => runConnection(list, report)),
      { numRuns: Math.min(1_000, Math.ceil((frames - report.frames) / 6)), seed: seed + report.frames },
    );
    report.broken = accountOf(details);
  }
  return report;
}

function runConnection(list: unknown[], report: FramesReport): void {
  const state = noItems();
  const store = createLiveStore({ nextFrame: (draw) => draw(), feed: [], keepFeed: () => {} });
  for (const frame of list) {
    const message = readServerMessage(frame);
    report.frames += 1;
    report.read.set(message.type, (report.read.get(message.type) ?? 0) + 1);
    if (message.type === 'unreadable' || message.type === 'error') {
      const said = message.type === 'error' ? [message.code, message.message] : [message.reason];
      if (said.some((text) => typeof text !== 'string')) throw new Broken(`a ${message.type} message says no text`);
      continue;
    }
    const before = structuredClone(state);
    merge(state, message);
    checkMerged(before, state);
    store.receive(message);
    const { feed, asOf } = store.getSnapshot();
    if (asOf !== state.asOf) throw new Broken('the store merged otherwise');
    for (const { at, id, what, path, label, device, country, browser } of feed) {
      const texts = [id, what, path, label, device, country, browser];
      if (!Number.isFinite(at) || texts.some((text) => typeof text !== 'string'))
        throw new Broken('a row of the feed cannot be shown');
    }
  }
}

function checkMerged(before: LiveItems, after: LiveItems): void {
  const isSameEpoch = before.epoch === after.epoch;
  if (!isSameEpoch && !isNewerEpoch(after.epoch, before.epoch)) throw new Broken('an older epoch replaced a newer one');
  if (!Number.isSafeInteger(after.asOf) || after.asOf < 0) throw new Broken(`as of ${after.asOf}`);
  if (isSameEpoch && after.asOf < before.asOf) throw new Broken('time went back');
  for (const [name, item] of after.items) {
    const known = isSameEpoch ? before.items.get(name) : undefined;
    for (const [counter, value] of Object.entries(item.counters)) {
      if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) throw new Broken(`${counter} is ${value}`);
    }
    for (const [counter, value] of Object.entries(known?.counters ?? {})) {
      if (!((item.counters[counter] ?? 0) >= value)) throw new Broken(`${counter} fell below ${value}`);
    }
    if (Object.values(item.texts).some((text) => typeof text !== 'string')) throw new Broken('a text is none');
  }
}
