import type { LeavingAnswer } from '../../functions/contract/leaving-answer.ts';
import {
  intervalText,
  type Precedent,
  precedentSentence,
  precedentsOf,
  precedentText,
  shareOf,
} from '../view/leaving.ts';
import { formatShare, formatWhole } from '../view/number-format.ts';
import type { Share } from '../view/share-test.ts';
import { formatDay } from '../view/time-format.ts';
import { Card } from './card.tsx';

interface Props {
  answer: LeavingAnswer;
  path: string;
  /** Why it is not the newest; '' when it is. */
  failure: string;
}

/** Of one page: how many of its views end their session, with something and without it. */
export function LeavingCard({ answer, path, failure }: Props) {
  const row = answer.rows.find((one) => one.path === path);
  const [precedents = []] = row ? precedentsOf([row]) : [];
  const clear = precedents.filter(({ isClear }) => isClear);
  return (
    <Card
      title="Before leaving"
      note={failure ? `not refreshed: ${failure}` : `counted from ${formatDay(answer.from, answer.zone)}`}
      className="leaving-card"
    >
      {!row && <p className="quiet">{path} was not viewed in this time, or has too few views to be listed.</p>}
      {row && (
        <>
          <p className="leaving-all">
            <strong>{formatShare(row.left, row.views)}</strong> of {formatWhole(row.views)} views here end their session
            <span className="quiet">
              {' '}
              ({intervalText({ part: row.left, whole: row.views })}; on the whole site{' '}
              {formatShare(answer.site.left, answer.site.views)})
            </span>
          </p>
          <table data-testid="leaving-table">
            <thead>
              <tr>
                <th scope="col">Views with</th>
                <th scope="col" className="is-figure">
                  Ended there
                </th>
                <th scope="col" className="is-figure">
                  All others
                </th>
              </tr>
            </thead>
            <tbody>
              {precedents.map((precedent) => (
                <Row key={precedent.signal} precedent={precedent} />
              ))}
            </tbody>
          </table>
          {clear.map((precedent) => (
            <p key={precedent.signal} data-testid={`precedes-${precedent.signal}`}>
              {precedentSentence(precedent)}
            </p>
          ))}
          <p className="quiet path-note">
            {clear.length === 0 && 'No difference is more than chance explains. '}
            In brackets where a share may lie (95%). What goes before leaving need not be why. A session counts as ended
            until it goes on, which it may for 30 minutes.
          </p>
        </>
      )}
    </Card>
  );
}

function Row({ precedent: { signal, such, others, isClear } }: { precedent: Precedent }) {
  return (
    <tr className={isClear ? 'is-clear' : ''}>
      <th scope="row">{precedentText[signal]}</th>
      <Figure share={such} isMore={isClear && shareOf(such) > shareOf(others)} />
      <Figure share={others} isMore={false} />
    </tr>
  );
}

function Figure({ share, isMore }: { share: Share; isMore: boolean }) {
  return (
    <td className={`is-figure ${isMore ? 'is-more' : ''}`}>
      <strong>{formatShare(share.part, share.whole)}</strong>{' '}
      <span className="quiet">
        {share.whole > 0 ? `(${intervalText(share)}) of ${formatWhole(share.whole)}` : 'no view'}
      </span>
    </td>
  );
}
