import type { CaptureFailure } from '../../functions/contract/answer.ts';
import { captureAdvice } from '../view/capture-advice.ts';

interface Props {
  /** Null: none was tried yet. */
  failure: CaptureFailure | null;
  /** Whether the reader may have one taken. */
  mayWrite: boolean;
}

/** Says why boxes stand for the page, what they hold, and what else there is. */
export function NoPicture({ failure, mayWrite }: Props) {
  return (
    <div className="no-picture" data-testid="no-picture">
      <p>
        <strong>
          {failure ? `There is no picture: ${failure.error.message}.` : 'There is no picture of this page yet.'}
        </strong>{' '}
        {failure
          ? captureAdvice(failure.error.code)
          : `One is taken by itself when the page has ten views${mayWrite ? ', or now by “Take picture”' : ''}.`}
      </p>
      <p className="quiet">
        Below, boxes stand where visitors last saw its elements; only links, buttons and headings have names.
      </p>
    </div>
  );
}
