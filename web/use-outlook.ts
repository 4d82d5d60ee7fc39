/** What is said of live sessions: by what others did on the last thirty days. */
import type { SessionRow } from '../functions/contract/session-answer.ts';
import type { Session } from './session.ts';
import { useAnswer } from './use-live.ts';
import { spanOf } from './view/date-range.ts';
import { outlookOf, outlookText } from './view/outlook.ts';

/** All pages of thirty days are read for it, and change little. */
const refreshEveryMs = 600_000;

/** `rows`: what is known of sessions now. Nothing is asked for while none of them is live, and nothing is said when there is no answer. */
export function useOutlook(session: Session, zone: string, rows: readonly SessionRow[]): (row: SessionRow) => string {
  const isWanted = rows.some(({ live }) => live);
  const { value } = useAnswer(
    `outlook ${isWanted}`,
    async () => (isWanted ? session.api.leaving(spanOf('30d', Date.now(), zone)) : null),
    isWanted ? refreshEveryMs : 0,
  );
  return (row) => {
    const outlook = value && outlookOf(row, value, rows, Date.now());
    return outlook ? outlookText(outlook) : '';
  };
}
