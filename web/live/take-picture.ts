import type { Capture } from '../../functions/contract/answer.ts';
import { type Api, ApiFault, type PageOnDevice, type Span } from './api.ts';

/** A page that takes longer than the capture function's own limit will not come any more. */
export const pictureWithinMs = 90_000;
export const askEveryMs = 1_500;

/**
 * Has a picture taken and waits for it. `takenBefore`: that of the picture at hand, 0 where there is none.
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
    if (!capture || capture.takenAt <= takenBefore) continue;
    if ('error' in capture) throw new ApiFault(200, capture.error.code, capture.error.message);
    return capture;
  }
  throw new ApiFault(0, 'too-slow', `No picture came within ${pictureWithinMs / 1000} s.`);
}
