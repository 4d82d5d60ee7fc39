import { useMemo } from 'react';
import type { SideAnswers, Sides } from '../use-compared.ts';
import { comparedSide, compareElements, evidenceText } from '../view/compare-elements.ts';
import { formatNumbered } from '../view/number-format.ts';
import { formatSpan } from '../view/time-format.ts';

interface Props {
  sides: Sides<SideAnswers>;
  zone: string;
}

/** What changed, element by element, in sentences: what chance does not explain comes first. */
export function CompareList({ sides: [first, second], zone }: Props) {
  const all = useMemo(() => compareElements(sideOf(first), sideOf(second)), [first, second]);
  const unseen = [first, second].find(({ scroll }) => scroll.views === 0);
  const changes = unseen ? [] : all.filter(({ clicks }) => clicks.some((count) => count !== null && count > 0));
  return (
    <>
      <ul className="compare-sides">
        {[first, second].map(({ wanted, scroll, elements }) => (
          <li key={wanted.name}>
            <strong>{wanted.name}</strong>: {formatNumbered(scroll.views, 'view')},{' '}
            {formatSpan(elements.from, elements.to, zone)}
          </li>
        ))}
      </ul>
      {changes.length === 0 && (
        <p className="quiet">
          {unseen
            ? `Nothing to compare: the page was not viewed ${unseen.wanted.name}.`
            : 'No element was clicked on either side.'}
        </p>
      )}
      <ol className="compare-list" data-testid="compare-list">
        {changes.map((change) => (
          <li key={change.key} data-key={change.key} data-evidence={change.evidence}>
            <span>{change.sentence}</span> <span className="quiet">{evidenceText(change)}</span>
          </li>
        ))}
      </ol>
      <p className="quiet">
        Second side against the first, by clicks per view. Views are kept by the day: a marker cuts where the next day
        of the site begins.
      </p>
    </>
  );
}

function sideOf({ wanted, elements, scroll }: SideAnswers) {
  return comparedSide(wanted.name, elements, scroll);
}
