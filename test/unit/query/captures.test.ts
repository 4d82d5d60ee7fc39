import { describe, expect, it } from 'vitest';
import { nameId } from '../../../functions/contract/name-id.ts';
import { imageBytesMax } from '../../../functions/query/capture-image.ts';
import { demoApi } from './demo-api.ts';

const address = '/v1/sites/demo/captures';
const folder = `captures/demo/${nameId('/')}`;
const picture = new Uint8Array([0xff, 0xd8, 0xff, 0xe0]);

describe('captures', () => {
  it('are started at the newest address that showed the path', async () => {
    const { ask, put, started } = await demoApi();
    await put.page('2026-11-20', '/p/:id', { pv: 1 }, { u: 'https://shop.example/p/1' });
    await put.page('2026-11-22', '/p/:id', { pv: 1 }, { u: 'https://shop.example/p/2' });
    const body = { path: '/p/:id', device: 'tablet' };
    const { statusCode, json } = await ask(address, { method: 'POST', body });
    expect([statusCode, json]).toEqual([202, { status: 'started' }]);
    expect(started).toEqual([{ site: 'demo', path: '/p/:id', url: 'https://shop.example/p/2', device: 'tablet' }]);
  });

  it('are not started for a page that nobody viewed', async () => {
    const { ask, put, started } = await demoApi();
    await put.page('2026-07-01', '/', { pv: 1 }, { u: 'https://shop.example/' });
    const { statusCode, json } = await ask(address, { method: 'POST', body: { path: '/', device: 'desktop' } });
    expect([statusCode, json.error.code]).toEqual([404, 'unknown-page']);
    expect(started).toEqual([]);
  });

  it('are listed by device class, failures included', async () => {
    const { ask, objects } = await demoApi();
    const error = { code: 'timeout', message: 'too slow' };
    objects.set(`${folder}/mobile/failed.json`, JSON.stringify({ error, takenAt: 1795400000001 }));
    objects.set(`${folder}/desktop/latest.json`, JSON.stringify({ takenAt: 1795400000000, elements: [] }));
    const { json } = await ask(`${address}?path=/`);
    const image = `${address}/${nameId('/')}/desktop/1795400000000.jpg`;
    expect(json.rows).toEqual([
      { device: 'desktop', takenAt: 1795400000000, image, error: null },
      { device: 'mobile', takenAt: 1795400000001, image: null, error },
    ]);
  });

  it('stay when a retake fails, which is told beside them until one succeeds', async () => {
    const { ask, objects } = await demoApi();
    const error = { code: 'login', message: 'a login page' };
    const stored = { url: 'https://shop.example/', path: '/', takenAt: 5, viewportWidth: 1280, viewportHeight: 800 };
    const boxes = { width: 1280, height: 900, elements: [{ key: '#buy', label: '', box: [0, 0, 1, 1] }] };
    const takePictureAt = (takenAt: number) =>
      objects.set(`${folder}/desktop/latest.json`, JSON.stringify({ ...stored, ...boxes, takenAt }));
    const captureNow = async () => (await ask('/v1/sites/demo/heatmap?path=/&device=desktop')).json.capture;
    takePictureAt(5);
    expect(await captureNow()).toMatchObject({ takenAt: 5, retake: null, elements: [{ clickable: false }] });
    objects.set(`${folder}/desktop/failed.json`, JSON.stringify({ error, takenAt: 6 }));
    expect(await captureNow()).toMatchObject({ takenAt: 5, width: 1280, retake: { error, takenAt: 6 } });
    expect((await ask(`${address}?path=/`)).json.rows).toMatchObject([{ takenAt: 5, error }]);
    takePictureAt(7);
    expect(await captureNow()).toMatchObject({ takenAt: 7, retake: null });
  });

  it('stay with their time: a map of older days is drawn on the picture of then', async () => {
    const { ask, objects } = await demoApi();
    const size = { viewportWidth: 1280, viewportHeight: 800, width: 1280, height: 900, elements: [] };
    const taken = ['2026-11-18T10:00:00Z', '2026-11-22T10:00:00Z'].map((instant) => Date.parse(instant));
    for (const takenAt of taken) {
      const document = JSON.stringify({ url: 'https://shop.example/', path: '/', takenAt, ...size });
      for (const key of [`${takenAt}.json`, 'latest.json']) objects.set(`${folder}/desktop/${key}`, document);
    }
    const captureOf = async (range: string) =>
      (await ask(`/v1/sites/demo/heatmap?path=/&device=desktop&${range}`)).json.capture?.takenAt;
    expect(await captureOf('from=2026-11-19&to=2026-11-21')).toBe(taken[0]);
    expect(await captureOf('from=2026-11-20&to=2026-11-22')).toBe(taken[1]);
    // Nobody had looked at it before: the first picture is nearer than none.
    expect(await captureOf('from=2026-11-10&to=2026-11-12')).toBe(taken[0]);
    expect(await captureOf('from=2026-11-23')).toBe(taken[1]);
  });

  it('shows the newer failure where an older one took the picture’s place', async () => {
    const { ask, objects } = await demoApi();
    objects.set(`${folder}/desktop/latest.json`, JSON.stringify({ error: { code: 'old', message: '' }, takenAt: 5 }));
    const captureNow = async () => (await ask('/v1/sites/demo/heatmap?path=/&device=desktop')).json.capture;
    expect(await captureNow()).toEqual({ error: { code: 'old', message: '' }, takenAt: 5 });
    objects.set(`${folder}/desktop/failed.json`, JSON.stringify({ error: { code: 'new', message: '' }, takenAt: 6 }));
    expect(await captureNow()).toMatchObject({ error: { code: 'new' } });
  });

  it('have a picture, as bytes, for the key’s own site only', async () => {
    const { ask, objects } = await demoApi();
    objects.set(`${folder}/desktop/1795400000000.jpg`, picture);
    const image = `captures/${nameId('/')}/desktop/1795400000000.jpg`;
    const found = await ask(`/v1/sites/demo/${image}`);
    expect(found).toMatchObject({ statusCode: 200, isBase64Encoded: true, body: '/9j/4A==' });
    expect(found.headers).toMatchObject({ 'content-type': 'image/jpeg', 'x-content-type-options': 'nosniff' });
    expect((await ask(`/v1/sites/demo/${image}`, { key: 'key-of-other' })).statusCode).toBe(403);
    expect((await ask(`/v1/sites/other/${image}`, { key: 'key-of-other' })).statusCode).toBe(404);
  });

  it.each([
    'abcdefgh/desktop/latest.json',
    'abcdefgh/desktop/1.jpg',
    'abcdefgh/watch/1795400000000.jpg',
    '..%2F..%2Fx/desktop/1795400000000.jpg',
    'abcdefgh/desktop/..%2F1795400000000.jpg',
  ])('%s is no picture', async (image) => {
    const { ask } = await demoApi();
    const { statusCode, json } = await ask(`${address}/${image}`);
    expect([statusCode, json.error.code]).toEqual([404, 'unknown-capture']);
  });

  it('too large to be answered are refused by name', async () => {
    const { ask, objects } = await demoApi();
    objects.set(`${folder}/desktop/1795400000000.jpg`, new Uint8Array(imageBytesMax + 1));
    const { json } = await ask(`${address}/${nameId('/')}/desktop/1795400000000.jpg`);
    expect(json.error.code).toBe('image-too-large');
  });
});
