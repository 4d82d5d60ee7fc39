import { Fragment } from 'react';
import type { ScrollAnswer } from '../../functions/contract/answer.ts';
import { formatDuration, formatShare, formatWhole } from '../view/number-format.ts';
import { scrollSteps } from '../view/scroll-view.ts';
import { Card } from './card.tsx';

/** How far down views came, per tenth of the page, with a line between those where the first screen ends. */
export function ScrollSummary({ answer, error }: { answer: ScrollAnswer | null; error: Error | null }) {
  const steps = answer && answer.views > 0 ? scrollSteps(answer) : [];
  const fold = answer?.foldLine ?? null;
  return (
    <Card title="Scroll depth" note={answer ? `${formatWhole(answer.views)} views` : ''} className="scroll-card">
      {steps.length > 0 ? (
        <ol className="scroll-steps">
          {steps.map(({ from, reached, share, msInView }, index) => (
            <Fragment key={from}>
              {fold !== null && index === Math.round(fold * steps.length) && (
                <li className="scroll-fold">the first screen ends at {Math.round(fold * 100)}%</li>
              )}
              <li title={`${formatWhole(reached)} views · ${formatDuration(msInView)} in view`}>
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
