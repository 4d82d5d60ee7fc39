import { describe, expect, it } from 'vitest';
import { ApiFault, createApi } from '../../../web/live/api.ts';
import { takePicture } from '../../../web/live/take-picture.ts';

function api(answer: (url: string, init: RequestInit) => Response | Promise<Response>, apiUrl = 'http://api') {
  return createApi({
    apiUrl,
    bearer: async () => 'secret',
    site: 'demo',
    fetch: async (url, init) => answer(url, init),
  });
}

describe('the API', () => {
  it('is asked with the bearer, the site and the span', async () => {
    const seen: string[] = [];
    const one = api((url, init) => {
      seen.push(url, new Headers(init.headers).get('authorization') ?? '');
      return Response.json({ rows: [] });
    });
    await one.elements({ from: 1, to: 2 }, { path: '/a b', device: 'tablet' });
    expect(seen).toEqual([
      'http://api/v1/sites/demo/elements?from=1&to=2&path=%2Fa+b&device=tablet&limit=1000',
      'Bearer secret',
    ]);
  });

  it('is found with or without /v1 and slashes at the end of its address', async () => {
    for (const apiUrl of ['http://api', 'http://api/', 'http://api/v1', 'http://api/v1/']) {
      const one = api((url) => Response.json({ sites: [url] }), apiUrl);
      expect(await one.sites()).toEqual(['http://api/v1/sites']);
    }
  });

  it('throws what it was refused for, in its own words', async () => {
    const refused = api(() => Response.json({ error: { code: 'bad-key', message: 'Unknown key.' } }, { status: 401 }));
    await expect(refused.ticket()).rejects.toMatchObject({ status: 401, code: 'bad-key', message: 'Unknown key.' });
    const broken = api(() => new Response('<html>', { status: 502 }));
    await expect(broken.sites()).rejects.toMatchObject({ status: 502, code: 'unreadable' });
    const down = api(() => Promise.reject(new TypeError('fetch failed')));
    await expect(down.sites()).rejects.toMatchObject({ status: 0, code: 'unreachable' });
  });
});

describe('taking a picture', () => {
  const page = { path: '/', device: 'desktop' } as const;
  const span = { from: 1, to: 2 };
  function camera(captures: unknown[]) {
    let asked = 0;
    const answers = {
      takeCapture: async () => ({ status: 'started' as const }),
      heatmap: async () => ({ capture: captures[Math.min(asked++, captures.length - 1)] }) as never,
    };
    return { answers, asked: () => asked };
  }
  const wait = async () => undefined;

  it('waits until the picture is a newer one', async () => {
    const { answers, asked } = camera([{ takenAt: 5 }, { takenAt: 5 }, { takenAt: 6, image: 'x' }]);
    expect(await takePicture(answers, page, 5, span, wait)).toEqual({ takenAt: 6, image: 'x' });
    expect(asked()).toBe(3);
  });

  it('says why there is none', async () => {
    const { answers } = camera([null, { takenAt: 6, error: { code: 'timeout', message: 'The page took too long.' } }]);
    await expect(takePicture(answers, page, 5, span, wait)).rejects.toEqual(
      new ApiFault(200, 'timeout', 'The page took too long.'),
    );
  });

  it('says why a retake gave none, though the earlier picture stays', async () => {
    const retake = { takenAt: 8, error: { code: 'status', message: 'The page answered 500.' } };
    const { answers } = camera([
      { takenAt: 5, image: 'x', retake: null },
      { takenAt: 5, image: 'x', retake },
    ]);
    await expect(takePicture(answers, page, 5, span, wait)).rejects.toMatchObject({ code: 'status' });
  });

  it('ends when nothing comes', async () => {
    const { answers } = camera([null]);
    await expect(takePicture(answers, page, 0, span, wait)).rejects.toMatchObject({ code: 'too-slow' });
  });
});
