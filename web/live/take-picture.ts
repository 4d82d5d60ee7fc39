import type { Capture } from '../../functions/contract/answer.ts';
import { type Api, ApiFault, type PageOnDevice, type Span } from './api.ts';

/** A page that takes longer than the capture function's own limit will not come any more. */
export const pictureWithinMs = 90_000;
export const askEveryMs = 1_500;

/** The capture itself, or the later attempt that failed. */
export function newestAttempt(capture: Capture | null): Capture | null {
  return capture && 'retake' in capture && capture.retake ? capture.retake : capture;
}

/**
 * Has a picture taken and waits for it. `takenBefore`: that of the newest attempt at hand, 0 where there is none.
 * @throws ApiFault with the reason when it fails, `too-slow` when nothing comes in time.
 */
export async function takePicture(
  api: Pick<Api, 'takeCapture' | 'heatmap'>,
  page: PageOnDevice,
  takenBefore: number,
  span: Span,
  wait: (ms: number) => Promise<void>,
): Promise<Capture> {
  await api.takeCapture(page);
  for (let waitedMs = 0; waitedMs < pictureWithinMs; waitedMs += askEveryMs) {
    await wait(askEveryMs);
    const { capture } = await api.heatmap(span, page, 'click');
    const newest = newestAttempt(capture);
    if (!newest || newest.takenAt <= takenBefore) continue;
    if ('error' in newest) throw new ApiFault(200, newest.error.code, newest.error.message);
    return newest;
  }
  throw new ApiFault(0, 'too-slow', `No picture came within ${pictureWithinMs / 1000} s.`);
}
