/**
 * The list of sessions: one item each, which every record of the session adds to. Erasing a visitor deletes the items of theirs; so
 * nothing in them counts for anybody else.
 */
import { type ItemKey, sessionKey, sessionName, sessionText } from '../contract/counter.ts';
import { kind } from '../contract/event.ts';
import { sessionPath } from '../contract/session-path.ts';
import { formatSignals } from '../contract/signal.ts';
import type { EventFact, Facts } from './facts.ts';
import type { Increments } from './increments.ts';
import { isBurst } from './series.ts';
import type { SessionShare } from './session-share.ts';

export function addSessionRows(facts: Facts, increments: Increments): void {
  const { epoch, record } = facts;
  for (const share of facts.shares) {
    const key = sessionKey(epoch, record.site, { ...share, visitor: record.visitor });
    increments.add(key, sessionName.earlierMs, share.earlierMs);
    increments.add(key, sessionName.durationMs, share.grewMs);
    for (const { event, view } of share.events) addEvent(increments, key, event, view !== null);
    if (share.turned) increments.add(key, sessionName[share.turned]);
    addTexts(facts, share, key, increments);
  }
}

function addEvent(increments: Increments, key: ItemKey, event: EventFact['event'], isView: boolean): void {
  if (isView) increments.add(key, sessionName.pageViews);
  if (event[0] === kind.click) increments.add(key, sessionName.clicks);
  if (isBurst(event)) increments.add(key, sessionName.rage);
  if (event[0] === kind.dead) increments.add(key, sessionName.dead);
  if (event[0] === kind.engaged) increments.add(key, sessionName.engagedMs, event[3]);
}

function addTexts({ record }: Facts, share: SessionShare, key: ItemKey, increments: Increments): void {
  const { country, browser, os, language } = record;
  if (share.isNew) {
    const device = share.events.find(({ page }) => page)?.page?.device ?? '';
    increments.text(key, sessionText.with, [device, country, browser, os, language].join('\n'));
  }
  const { page: entry } = share.entered ?? {};
  const { page: exit } = share.exited ?? {};
  if (entry) increments.text(key, sessionText.entry, `${entry.referrer} ${sessionPath(entry.path)}`);
  if (exit) increments.text(key, sessionText.exit, sessionPath(exit.path));
  if (share.signals !== null) increments.text(key, sessionText.signals, formatSignals(share.signals));
}
