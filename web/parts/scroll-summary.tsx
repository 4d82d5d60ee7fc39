import { Fragment } from 'react';
import type { ScrollReach } from '../../functions/contract/answer.ts';
import { formatDuration, formatNumbered, formatShare } from '../view/number-format.ts';
import { scrollSteps } from '../view/scroll-view.ts';
import { Card } from './card.tsx';

interface Props {
  title: string;
  answer: ScrollReach | null;
  error: Error | null;
  /** What ends where nobody has scrolled yet. */
  first: string;
  /** What its views did, where not all are counted. */
  did?: string;
}

/** How far down views came, per tenth of a page or a pane, with a line between those where the first screen ends. */
export function ScrollSummary({ title, answer, error, first, did = '' }: Props) {
  const steps = answer && answer.views > 0 ? scrollSteps(answer) : [];
  const fold = answer?.foldLine ?? null;
  return (
    <Card title={title} note={answer ? `${formatNumbered(answer.views, 'view')}${did}` : ''} className="scroll-card">
      {steps.length > 0 ? (
        <ol className="scroll-steps">
          {steps.map(({ from, reached, share, msInView }, index) => (
            <Fragment key={from}>
              {fold !== null && index === Math.round(fold * steps.length) && (
                <li className="scroll-fold">
                  {first} ends at {Math.round(fold * 100)}%
                </li>
              )}
              <li title={`${formatNumbered(reached, 'view')} · ${formatDuration(msInView)} in view`}>
                <span className="scroll-from">{from}%</span>
                <span className="scroll-track">
                  <span className="scroll-bar" style={{ transform: `scaleX(${share.toFixed(3)})` }} />
                </span>
                <span className="scroll-share">{formatShare(reached, answer?.views ?? 0)}</span>
                <span className="scroll-time">{formatDuration(msInView)}</span>
              </li>
            </Fragment>
          ))}
        </ol>
      ) : (
        <p className="quiet">
          {error ? error.message : answer ? 'No views on this device in this time.' : 'Loading …'}
        </p>
      )}
    </Card>
  );
}
