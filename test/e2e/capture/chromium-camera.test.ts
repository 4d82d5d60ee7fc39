import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parseNetworks } from '../../../functions/capture/address.ts';
import { type ChromiumCameraOptions, chromiumCamera } from '../../../functions/capture/camera.chromium.ts';
import type { Device } from '../../../functions/contract/record.ts';
import { cameraOptions, closeSites, html, photographWith, serve } from './camera-stage.ts';

let options: ChromiumCameraOptions;
beforeAll(async () => {
  options = await cameraOptions();
});
afterEach(closeSites);

const photograph = (url: string, device?: Device, origins?: string[]) =>
  photographWith(options, url, { device, origins });

/** Width and height, from the frame header of a JPEG. */
function jpegSize(jpeg: Uint8Array): [number, number] {
  const bytes = Buffer.from(jpeg);
  for (let at = 2; at < bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1] ?? 0;
    if (marker >= 0xc0 && marker <= 0xc2) return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)];
  }
  throw new Error('the JPEG has no frame');
}

const longPage = html(
  `<header style="position:sticky;top:0;height:60px"><a id="logo" href="/" style="position:absolute;left:10px;top:5px;width:100px;height:50px"><b>Home</b></a></header>
   <button id="buy" style="position:absolute;left:40px;top:300px;width:200px;height:50px;border:0">Buy <i>now</i></button>
   <p id="hidden" style="display:none">never seen</p>
   <img id="late" loading="lazy" src="/late.svg" style="position:absolute;top:5000px;left:0;width:80px;height:80px">
   <div style="height:6000px"></div>
   <script src="/s.js"></script>
   <script>
     navigator.sendBeacon('/v1/events', 'x');
     fetch('/seen?gpc=' + navigator.globalPrivacyControl);
   </script>`,
);

describe('the camera', () => {
  it('takes the whole page and says where its elements stand', async () => {
    const { origin, asked } = await serve((request, response) => {
      if (request.url === '/') response.setHeader('content-type', 'text/html').end(longPage);
      else if (request.url === '/late.svg')
        response.setHeader('content-type', 'image/svg+xml').end('<svg xmlns="http://www.w3.org/2000/svg"/>');
      else response.end();
    });
    const { jpeg, elements, ...size } = await photograph(`${origin}/`);
    expect(size).toEqual({ viewportWidth: 1280, viewportHeight: 800, width: 1280, height: 6060 });
    expect(jpegSize(jpeg)).toEqual([1280, 6060]);
    const found = new Map(elements.map((element) => [element.key, element]));
    expect(found.get('#logo')).toEqual({ key: '#logo', label: 'Home', clickable: true, box: [10, 5, 100, 50] });
    expect(found.get('#buy')).toEqual({ key: '#buy', label: 'Buy now', clickable: true, box: [40, 300, 200, 50] });
    expect(found.get('#late')?.box).toEqual([0, 5000, 80, 80]);
    // Parts of a link or a button are the link or the button; what can't be seen is not in the picture.
    for (const key of ['#logo>b', '#buy>i', '#hidden']) expect(found.has(key)).toBe(false);

    const paths = asked.map(({ url }) => url);
    expect(paths).toContain('/late.svg');
    expect(paths).toContain('/seen?gpc=true');
    expect(paths).not.toContain('/s.js');
    expect(paths).not.toContain('/v1/events');
    expect(asked.every(({ headers }) => headers['sec-gpc'] === '1')).toBe(true);
  });

  it('sees what a phone sees, up to the bound of a picture', async () => {
    const { origin, asked } = await serve((_, response) => {
      response.setHeader('content-type', 'text/html').end(html('<div style="height:20000px">tall</div>'));
    });
    const { jpeg, elements, ...size } = await photograph(`${origin}/`, 'mobile');
    expect(size).toEqual({ viewportWidth: 390, viewportHeight: 844, width: 390, height: 12_000 });
    expect(jpegSize(jpeg)).toEqual([390, 12_000]);
    expect(asked[0]?.headers['user-agent']).toMatch(/Android.*Mobile.*SitePulseCapture/);
    expect(elements.length).toBeGreaterThan(0);
  });

  it('refuses to follow a redirect to another origin, and to a private address', async () => {
    const elsewhere = await serve((_, response) => response.end('elsewhere'));
    const { origin } = await serve((request, response) => {
      const location = request.url === '/away' ? `${elsewhere.origin}/` : 'http://169.254.169.254/latest/meta-data/';
      response.writeHead(302, { location }).end();
    });
    await expect(photograph(`${origin}/away`)).rejects.toMatchObject({ code: 'origin-not-allowed' });
    const origins = [origin, 'http://169.254.169.254'];
    await expect(photograph(`${origin}/metadata`, 'desktop', origins)).rejects.toMatchObject({
      code: 'address-refused',
    });
  });

  it('lets no part of the page reach what the proxy refuses', async () => {
    const inner = await serve((_, response) => response.setHeader('access-control-allow-origin', '*').end('secret'));
    const secret = inner.origin.replace('localhost', '127.0.0.1');
    const page = await serve((request, response) => {
      if (request.url !== '/') return response.end();
      return response.setHeader('content-type', 'text/html').end(
        html(`<img src="${secret}/image"><iframe src="${secret}/frame"></iframe>
          <script>fetch('${secret}/fetch').catch(() => null).then(async (answer) => fetch('/got?' + (await answer?.text())));
            new WebSocket('${secret.replace('http', 'ws')}/socket');</script>`),
      );
    }, '127.0.0.2');
    const camera = chromiumCamera({ ...options, networks: parseNetworks('127.0.0.2/32') });
    await camera.photograph({ url: page.origin, device: 'desktop', hideSelectors: [], originAllowed: () => true });
    expect(inner.asked).toEqual([]);
    const got = page.asked.map(({ url }) => url).filter((url) => url?.startsWith('/got'));
    expect(got).toHaveLength(1);
    expect(got[0]).not.toContain('secret');
  });

  it.each([
    ['/missing', 404, '', 'status'],
    ['/locked', 401, '', 'login-needed'],
    ['/account', 302, '/login', 'login-needed'],
  ])('says of %s (%i) why there is no picture', async (path, status, location, code) => {
    const { origin } = await serve((request, response) => {
      const form = html('<form><input type="password"></form>');
      if (request.url === '/login') response.setHeader('content-type', 'text/html').end(form);
      else response.writeHead(status, location ? { location } : {}).end('no');
    });
    await expect(photograph(`${origin}${path}`)).rejects.toMatchObject({ code });
  });

  it('gives up on a page that never ends, and on one that nobody serves', async () => {
    const busy = await serve((_, response) => {
      response.setHeader('content-type', 'text/html').end(html('<script>setTimeout(() => { for (;;); }, 50)</script>'));
    });
    const hasty = chromiumCamera({ ...options, timeoutMs: 3000 });
    const subject = { device: 'desktop' as const, hideSelectors: [], originAllowed: () => true };
    await expect(hasty.photograph({ ...subject, url: busy.origin })).rejects.toMatchObject({ code: 'timeout' });
    const gone = await serve((_, response) => response.end());
    closeSites();
    await expect(photograph(`${gone.origin}/`)).rejects.toMatchObject({
      code: 'unreachable',
    });
  });
});
