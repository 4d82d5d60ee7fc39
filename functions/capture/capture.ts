import type { CaptureFailure } from '../contract/answer.ts';
import { originAllowed } from '../contract/origin.ts';
import { settingsOf } from '../contract/site.ts';
import { log } from '../log.ts';
import type { SiteStore } from '../sites/site-store.ts';
import type { Camera } from './camera.ts';
import { CaptureError } from './capture-error.ts';
import type { CaptureRequest } from './capture-request.ts';
import { type CaptureStore, captureImageKey, type StoredPicture } from './capture-store.ts';

export interface CapturePorts {
  sites: Pick<SiteStore, 'current'>;
  camera: Camera;
  store: CaptureStore;
}

/**
 * Takes a picture of a page and stores it, or stores why there is none. `now` is when it counts as taken.
 * @throws when the site is unknown, or when the outcome could not be stored.
 */
export async function capture(
  request: CaptureRequest,
  ports: CapturePorts,
  now: number,
): Promise<StoredPicture | CaptureFailure> {
  const { site, path, url, device } = request;
  const config = await ports.sites.current(site);
  if (!config) throw new Error(`a capture was asked for of the unknown site "${site}": nothing was captured`);
  const allowed = (origin: string) => originAllowed(origin, config.origins);
  try {
    assertUrlAllowed(url, allowed);
    const { jpeg, ...photograph } = await ports.camera.photograph({
      url,
      device,
      hideSelectors: settingsOf(config).captures.hideSelectors,
      originAllowed: allowed,
    });
    const image = captureImageKey(request, now);
    const picture: StoredPicture = { url, path, device, takenAt: now, image, ...photograph };
    await ports.store.savePicture(request, picture, jpeg);
    return picture;
  } catch (error) {
    // Only what the page itself brought about is an outcome; a fault of ours must show as an error of the function.
    if (!(error instanceof CaptureError)) throw error;
    log.warn('a page could not be captured', { site, device, code: error.code });
    const failure: CaptureFailure = { error: { code: error.code, message: error.message }, takenAt: now };
    await ports.store.saveFailure(request, failure);
    return failure;
  }
}

function assertUrlAllowed(url: string, allowed: (origin: string) => boolean): void {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.username !== '' || parsed.password !== '') {
    throw new CaptureError('bad-url', `"${url}" is not an http or https address without a user name`);
  }
  if (!allowed(parsed.origin)) {
    throw new CaptureError('origin-not-allowed', `${parsed.origin} is not one of the site's origins`);
  }
}
