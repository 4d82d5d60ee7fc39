import { Fragment } from 'react';
import type { FunnelFigures, FunnelsAnswer } from '../../functions/contract/funnels-answer.ts';
import { sinceText, targetKindName } from '../view/goal-text.ts';
import { formatNumbered, formatShare, formatWhole } from '../view/number-format.ts';
import { Card } from './card.tsx';

interface Props {
  funnel: FunnelFigures;
  answer: FunnelsAnswer;
}

/** One funnel: a bar for each step, as long as its share of the first, and between two of them who went no further. */
export function FunnelCard({ funnel, answer }: Props) {
  const { steps } = funnel;
  const first = steps[0]?.sessions ?? 0;
  const last = steps.at(-1)?.sessions ?? 0;
  const since = sinceText(funnel.since, answer.from, answer.zone);
  const note =
    first > 0 ? `${formatShare(last, first)} of ${formatNumbered(first, 'session')} come to the end` : 'no session yet';
  return (
    <Card title={funnel.name} note={[note, since].filter(Boolean).join(', ')} className="funnel-card">
      <ol className="funnel-steps">
        {steps.map(({ what, name, sessions, share, dropped }, index) => {
          const before = steps[index - 1]?.sessions ?? 0;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a funnel may ask for the same thing twice, and its steps never move.
            <Fragment key={index}>
              {index > 0 && (
                <li className="funnel-drop" data-testid={`drop-${funnel.id}-${index + 1}`}>
                  {dropped > 0 ? (
                    <>
                      <strong>−{formatWhole(dropped)}</strong> · {formatShare(dropped, before)} go no further
                    </>
                  ) : (
                    'nobody leaves here'
                  )}
                </li>
              )}
              <li className="funnel-step">
                <span className="funnel-name">
                  <span className="funnel-number" aria-hidden="true">
                    {index + 1}
                  </span>
                  <span className="funnel-target" title={name}>
                    {name}
                  </span>
                  <span className="quiet">{targetKindName[what]}</span>
                </span>
                <span className="funnel-track">
                  <span className="funnel-bar" style={{ width: sessions > 0 ? `max(2px, ${100 * share}%)` : 0 }} />
                </span>
                <span className="funnel-figures">
                  <strong data-testid={`step-${funnel.id}-${index + 1}`}>{formatWhole(sessions)}</strong>
                  <span className="quiet">{formatShare(sessions, first)}</span>
                </span>
              </li>
            </Fragment>
          );
        })}
      </ol>
    </Card>
  );
}
