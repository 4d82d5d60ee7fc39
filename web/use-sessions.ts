/** The list of sessions as it is asked for: the newest again and again, older ones page by page. */
import { useEffect, useRef, useState } from 'react';
import type { SessionsAnswer } from '../functions/contract/session-answer.ts';
import type { SiteFacts } from './pages/site-facts.ts';
import type { Session } from './session.ts';
import { useAnswer } from './use-live.ts';
import { mapSpanOf } from './view/map-range.ts';
import { filterQuery, formatSessionFilter, type SessionFilter } from './view/session-filter.ts';
import { type SessionList, withNewest, withOlder } from './view/session-list.ts';

const refreshEveryMs = 10_000;
/** A filter that few sessions pass may give empty pages: so many are asked for at once before the reader is asked. */
const emptyPagesMax = 5;

export interface Sessions {
  /** Null until it is there. */
  list: SessionList | null;
  failure: string;
  isLoadingOlder: boolean;
  loadOlder(): void;
}

export function useSessions(session: Session, site: SiteFacts, filter: SessionFilter): Sessions {
  const name = `sessions ${formatSessionFilter(filter)}`;
  const [older, setOlder] = useState({ isLoading: false, failure: '' });
  const [list, setList] = useState<(SessionList & { name: string }) | null>(null);
  /** The question that is shown now: an answer to another comes too late. */
  const asked = useRef(name);
  asked.current = name;
  const ask = (cursor: string) => {
    const { from, to } = mapSpanOf(filter.range, Date.now(), site.zone);
    return askOn((at) => session.api.sessions({ from, to }, filterQuery(filter), at), cursor);
  };
  const { value, error } = useAnswer(name, () => ask(''), refreshEveryMs);
  useEffect(() => {
    if (value) setList((now) => ({ name, ...withNewest(now?.name === name ? now : null, value) }));
  }, [name, value]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was asked for another list is over with it.
  useEffect(() => {
    setOlder({ isLoading: false, failure: '' });
  }, [name]);

  const shown = list?.name === name ? list : null;
  const loadOlder = () => {
    if (!shown?.next || older.isLoading) return;
    setOlder({ isLoading: true, failure: '' });
    ask(shown.next).then(
      (page) => {
        if (asked.current !== name) return;
        setOlder({ isLoading: false, failure: '' });
        setList((now) => (now?.name === name ? { name, ...withOlder(now, page) } : now));
      },
      ({ message }: Error) => asked.current === name && setOlder({ isLoading: false, failure: message }),
    );
  };
  return { list: shown, failure: older.failure || (error?.message ?? ''), isLoadingOlder: older.isLoading, loadOlder };
}

async function askOn(ask: (cursor: string) => Promise<SessionsAnswer>, cursor: string): Promise<SessionsAnswer> {
  let page = await ask(cursor);
  for (let asked = 1; page.rows.length === 0 && page.next !== null && asked < emptyPagesMax; asked++) {
    page = await ask(page.next);
  }
  return page;
}
