import { describe, expect, it } from 'vitest';
import type { Photograph, Subject } from '../../../functions/capture/camera.ts';
import { capture } from '../../../functions/capture/capture.ts';
import { CaptureError } from '../../../functions/capture/capture-error.ts';
import { type CaptureRequest, parseCaptureRequest } from '../../../functions/capture/capture-request.ts';
import {
  captureDocumentKey,
  captureFailureKey,
  captureImageKey,
  datedDocumentKey,
  type StoredPicture,
} from '../../../functions/capture/capture-store.ts';
import type { CaptureFailure } from '../../../functions/contract/answer.ts';
import { nameId } from '../../../functions/contract/name-id.ts';
import { defaultPathRules, type SiteConfig } from '../../../functions/contract/site.ts';
import * as query from '../../../functions/query/capture-object.ts';

const shop: SiteConfig = {
  site: 'shop',
  version: 1,
  name: 'Shop',
  zone: 'UTC',
  origins: ['https://shop.example', 'https://*.shop.example'],
  pathRules: defaultPathRules,
  watchedRequestsPerSecondMax: 50,
  captureHideSelectors: ['#chat'],
};
const request: CaptureRequest = { site: 'shop', path: '/sale', url: 'https://shop.example/sale', device: 'mobile' };
const photograph: Photograph = {
  jpeg: new Uint8Array([0xff, 0xd8]),
  viewportWidth: 390,
  viewportHeight: 844,
  width: 390,
  height: 2100,
  elements: [{ key: '#buy', label: 'Buy', clickable: true, box: [10, 20, 100, 40] }],
};
const takenAt = 1_763_900_000_000;

function stage(outcome: Photograph | Error = photograph) {
  const subjects: Subject[] = [];
  const saved: { picture?: StoredPicture; jpeg?: Uint8Array; failure?: CaptureFailure } = {};
  return {
    subjects,
    saved,
    ports: {
      sites: { current: async (site: string) => (site === 'shop' ? shop : null) },
      camera: {
        photograph: async (subject: Subject) => {
          subjects.push(subject);
          if (outcome instanceof Error) throw outcome;
          return outcome;
        },
      },
      store: {
        savePicture: async (_: unknown, picture: StoredPicture, jpeg: Uint8Array) => {
          Object.assign(saved, { picture, jpeg });
        },
        saveFailure: async (_: unknown, failure: CaptureFailure) => {
          Object.assign(saved, { failure });
        },
      },
    },
  };
}

describe('a capture', () => {
  it('stores the picture with where its elements stand', async () => {
    const { ports, saved, subjects } = stage();
    const { jpeg, ...seen } = photograph;
    const expected = {
      ...seen,
      url: request.url,
      path: '/sale',
      device: 'mobile',
      takenAt,
      image: `captures/shop/${nameId('/sale')}/mobile/${takenAt}.jpg`,
    };
    expect(await capture(request, ports, takenAt)).toEqual(expected);
    expect(saved).toEqual({ picture: expected, jpeg });
    const [subject] = subjects;
    expect(subject?.originAllowed('https://www.shop.example')).toBe(true);
    expect(subject?.originAllowed('https://login.example')).toBe(false);
    expect(subject?.hideSelectors).toEqual(['#chat']);
  });

  it('stores why a page gave no picture', async () => {
    const { ports, saved } = stage(new CaptureError('status', 'the page answered 404'));
    const failure = { error: { code: 'status', message: 'the page answered 404' }, takenAt };
    expect(await capture(request, ports, takenAt)).toEqual(failure);
    expect(saved).toEqual({ failure });
  });

  it.each([
    ['https://evil.example/sale', 'origin-not-allowed'],
    ['https://shop.example.evil.example/', 'origin-not-allowed'],
    ['http://shop.example/sale', 'origin-not-allowed'],
    ['https://shop.example:8443/sale', 'origin-not-allowed'],
    ['https://user:password@shop.example/sale', 'bad-url'],
    ['file:///etc/passwd', 'bad-url'],
    ['javascript:alert(1)', 'bad-url'],
    ['chrome://version', 'bad-url'],
    ['/sale', 'bad-url'],
    ['', 'bad-url'],
  ])('never opens %j: %s', async (url, code) => {
    const { ports, saved, subjects } = stage();
    expect(await capture({ ...request, url }, ports, takenAt)).toMatchObject({ error: { code } });
    expect(saved.failure?.error.code).toBe(code);
    expect(subjects).toEqual([]);
  });

  it('fails as a function, and stores nothing, when the fault is not the page’s', async () => {
    const { ports, saved } = stage(new Error('no memory'));
    await expect(capture(request, ports, takenAt)).rejects.toThrow('no memory');
    await expect(capture({ ...request, site: 'other' }, ports, takenAt)).rejects.toThrow('unknown site "other"');
    expect(saved).toEqual({});
  });

  it('lies where the query function looks for it', () => {
    const pageId = nameId('/sale');
    expect(captureDocumentKey(request)).toBe(query.captureDocumentKey('shop', pageId, 'mobile'));
    expect(captureFailureKey(request)).toBe(query.captureFailureKey('shop', pageId, 'mobile'));
    expect(datedDocumentKey(request, takenAt)).toBe(query.datedDocumentKey('shop', pageId, 'mobile', takenAt));
    expect(query.takenAtOfKey(datedDocumentKey(request, takenAt))).toBe(takenAt);
    for (const other of [captureDocumentKey(request), captureFailureKey(request), captureImageKey(request, takenAt)])
      expect(query.takenAtOfKey(other)).toBeNull();
    expect(captureImageKey(request, takenAt)).toBe(query.captureImageKey('shop', pageId, 'mobile', takenAt));
  });
});

describe('a request for a capture', () => {
  it('is read field by field', () => {
    expect(parseCaptureRequest({ ...request, more: 1 })).toEqual(request);
  });

  it.each([
    ['site', 'a|b'],
    ['site', undefined],
    ['path', ''],
    ['path', `/${'x'.repeat(600)}`],
    ['url', 7],
    ['device', 'watch'],
  ])('is refused when its %s is %j', (field, value) => {
    expect(() => parseCaptureRequest({ ...request, [field]: value })).toThrow(`with ${field} `);
  });

  it('is refused when there is none', () => {
    expect(() => parseCaptureRequest(null)).toThrow('with site ');
  });
});
