import { devices } from '../contract/record.ts';
import { ApiError } from './api-error.ts';
import { siteRoute } from './route.ts';

/** A function's answer may have 6 MB, of which base64 takes a quarter. */
export const imageBytesMax = 4_400_000;

export const captureImageRoute = siteRoute(
  {
    method: 'GET',
    path: '/v1/sites/{site}/captures/{pageId}/{device}/{image}',
    summary: 'The picture of a capture',
    answer: { status: 200, description: 'A JPEG of the whole page.' },
  },
  {},
  async ({ site, path: { pageId = '', device: wanted, image = '' } }, ports) => {
    const device = devices.find((one) => one === wanted);
    const takenAt = /^(\d{1,15})\.jpg$/.exec(image)?.[1];
    // The parts become an object's key: only what a capture can be called is looked for.
    const known = device && takenAt !== undefined && /^[\w-]{8}$/.test(pageId);
    const found = known ? await ports.captures.image(site.site, pageId, device, Number(takenAt)) : null;
    if (!found) throw new ApiError(404, 'unknown-capture', 'there is no such picture: /heatmap names the newest');
    if (found.length > imageBytesMax) {
      throw new ApiError(500, 'image-too-large', `the picture has ${found.length} bytes: at most ${imageBytesMax}`);
    }
    return { status: 200, image: found };
  },
);
