import { useState } from 'react';
import type { Capture } from '../../functions/contract/answer.ts';
import { ApiFault, type PageOnDevice } from '../live/api.ts';
import { newestAttempt, takePicture } from '../live/take-picture.ts';
import type { SiteFacts } from '../pages/site-facts.ts';
import type { Session } from '../session.ts';
import { spanOf } from '../view/date-range.ts';
import { formatInstant } from '../view/time-format.ts';

interface Props {
  session: Session;
  site: SiteFacts;
  page: PageOnDevice;
  /** False while it is being asked what there is. */
  isKnown: boolean;
  capture: Capture | null;
  /** Of a time that is over: its picture is of then, and another would not be of it. */
  isPast: boolean;
  /** Why the picture that there is could not be loaded; '' if it could. */
  loadFailure: string;
  onTaken: () => void;
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Has the page's picture taken, and says when it was, or why it could not be. */
export function PictureButton({ session, site, page, isKnown, capture, isPast, loadFailure, onTaken }: Props) {
  const [taking, setTaking] = useState(false);
  const [failure, setFailure] = useState('');
  const newest = newestAttempt(capture);
  const hasPicture = capture !== null && !('error' in capture);
  // Why there is none at all is told where the picture would be.
  const failed = failure || (hasPicture && newest && 'error' in newest ? newest.error.message : '');
  const take = async () => {
    setTaking(true);
    setFailure('');
    try {
      const span = spanOf('today', Date.now(), site.zone);
      await takePicture(session.api, page, newest?.takenAt ?? 0, span, wait);
    } catch (error) {
      // Of a page that gave no picture, the answer tells the reason, and goes on telling it.
      const isTold = error instanceof ApiFault && error.status === 200;
      if (!isTold) setFailure(error instanceof Error ? error.message : String(error));
    }
    setTaking(false);
    onTaken();
  };
  return (
    <div className="picture">
      <p aria-live="polite">
        {taking && 'Taking a picture …'}
        {!taking && hasPicture && (
          <span>
            Picture of {formatInstant(capture.takenAt, site.zone)}
            {isPast && ', as the page was'}
          </span>
        )}
        {loadFailure && <span className="picture-failure">The picture could not be loaded: {loadFailure}</span>}
        {!taking && failed && (
          <span className="picture-failure" data-testid="picture-failure">
            {hasPicture ? 'The retake failed' : 'No picture'}: {failed}
          </span>
        )}
      </p>
      {site.mayWrite && isKnown && !(isPast && hasPicture) && (
        <button type="button" className="button" onClick={take} disabled={taking} data-testid="take-picture">
          {hasPicture ? 'Retake' : 'Take picture'}
        </button>
      )}
    </div>
  );
}
