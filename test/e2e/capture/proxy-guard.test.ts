import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parseNetworks } from '../../../functions/capture/address.ts';
import type { ChromiumCameraOptions } from '../../../functions/capture/camera.chromium.ts';
import { cameraOptions, closeSites, html, photographWith, serve, servePage } from './camera-stage.ts';

let options: ChromiumCameraOptions;
beforeAll(async () => {
  options = await cameraOptions();
});
const closing: (() => void)[] = [];
afterEach(() => {
  closeSites();
  for (const close of closing.splice(0)) close();
});

/** A port of this machine that no packet may reach. */
async function silentPorts(): Promise<{ udp: number; tcp: number; heard: string[] }> {
  const heard: string[] = [];
  const udp = createSocket('udp4').on('message', (_, { port }) => heard.push(`a packet from ${port}`));
  await new Promise<void>((bound) => udp.bind(0, '127.0.0.1', bound));
  const tcp = createServer((socket) => {
    heard.push('a connection');
    socket.destroy();
  });
  await new Promise<void>((listening) => tcp.listen(0, '127.0.0.1', listening));
  closing.push(
    () => void udp.close(),
    () => void tcp.close(),
  );
  return { udp: udp.address().port, tcp: (tcp.address() as { port: number }).port, heard };
}

/** What the page reported of itself by asking for `/got?…`. */
const gotBy = (asked: { url?: string | undefined }[]) =>
  asked.flatMap(({ url = '' }) => (url.startsWith('/got?') ? decodeURIComponent(url.slice(5)) : []));

describe('a captured page', () => {
  it('reaches nothing by UDP, and learns no address of the machine: WebRTC and WebTransport', async () => {
    const { udp, tcp, heard } = await silentPorts();
    // Its own host is allowed, so that it is a secure context; the ports are on an address that is not.
    const { origin, asked } = await servePage(
      html(`<script>
        const found = [];
        const peer = new RTCPeerConnection({ iceServers: [
          { urls: 'stun:127.0.0.1:${udp}' },
          { urls: ['turn:127.0.0.1:${udp}', 'turn:127.0.0.1:${tcp}?transport=tcp'], username: 'x', credential: 'x' },
        ] });
        peer.createDataChannel('x');
        peer.onicecandidate = ({ candidate }) => candidate && found.push(candidate.candidate);
        const done = new Promise((end) => { peer.onicegatheringstatechange = () => peer.iceGatheringState === 'complete' && end(); });
        (async () => {
          await peer.setLocalDescription(await peer.createOffer());
          await Promise.race([done, new Promise((end) => setTimeout(end, 3000))]);
          const opening = async () => {
            await new WebTransport('https://127.0.0.1:${udp}/').ready;
            return 'open';
          };
          const transport = await Promise.race([
            opening().catch(({ name }) => 'refused: ' + name),
            new Promise((end) => setTimeout(end, 2000, 'no answer')),
          ]);
          await fetch('/got?' + encodeURIComponent(JSON.stringify({ found, transport })));
        })();
      </script>`),
    );
    await photographWith({ ...options, networks: parseNetworks('127.0.0.0/8') }, `${origin}/`, {});
    const [report] = gotBy(asked);
    const { found, transport } = JSON.parse(report ?? '{}');
    expect(found).toEqual([]);
    // It was tried, and there was nobody: a browser without WebTransport would prove nothing.
    expect(transport).toMatch(/^(refused: WebTransportError|no answer)$/);
    expect(heard.filter((one) => one.startsWith('a packet'))).toEqual([]);
  });

  it('has no service worker, and no file, whatever it asks for', async () => {
    const { origin, asked } = await servePage(
      html(`<iframe src="file:///etc/passwd"></iframe><img src="file:///etc/passwd">
        <script>(async () => {
          const file = await fetch('file:///etc/passwd').then((answer) => answer.text(), () => 'refused');
          const worker = await Promise.resolve(navigator.serviceWorker?.register('/sw.js')).then((one) => one && 'registered', () => 'refused');
          await fetch('/got?' + encodeURIComponent(file.slice(0, 20) + ' ' + (worker ?? 'refused')));
        })();</script>`),
    );
    await photographWith(options, `${origin}/`, {});
    expect(gotBy(asked)).toEqual(['refused refused']);
    expect(asked.map(({ url }) => url)).not.toContain('/sw.js');
  });

  it('reaches a private address by none of its parts, by a redirect neither', async () => {
    const inner = await serve((_, response) => response.setHeader('access-control-allow-origin', '*').end('secret'));
    const secret = inner.origin.replace('localhost', '127.0.0.1');
    const page = await serve((request, response) => {
      if (request.url === '/away') return response.writeHead(307, { location: `${secret}/redirected` }).end();
      if (request.url !== '/') return response.end();
      return response.setHeader('content-type', 'text/html').end(
        html(
          `<img src="/away"><video src="${secret}/video"></video><object data="${secret}/object"></object>
          <iframe srcdoc="<img src='${secret}/srcdoc'>"></iframe><div style="background:url(${secret}/css);height:50px"></div>
          <script>
            navigator.sendBeacon('${secret}/beacon', 'x');
            new EventSource('${secret}/events');
            open('${secret}/popup');
            fetch('/away').catch(() => null);
            new Worker(URL.createObjectURL(new Blob(["fetch('${secret}/worker')"])));
          </script>`,
          `<link rel="dns-prefetch" href="${secret}"><link rel="preconnect" href="${secret}"><link rel="preload" as="image" href="${secret}/preload"><link rel="prefetch" href="${secret}/prefetch"><link rel="stylesheet" href="${secret}/style">`,
        ),
      );
    }, '127.0.0.2');
    await photographWith({ ...options, networks: parseNetworks('127.0.0.2/32') }, page.origin, {});
    expect(page.asked.map(({ url }) => url)).toContain('/away');
    expect(inner.asked.map(({ url }) => url)).toEqual([]);
  });
});

describe('a script that leads the page away', () => {
  it.each([
    ['another origin', (away: string) => `location = '${away}/'`],
    ['another origin, by the way of its own', () => `location = '/leave'`],
    [
      'another origin, by a refresh',
      (away: string) => `document.head.innerHTML = '<meta http-equiv="refresh" content="0;url=${away}/">'`,
    ],
    ['a blob of its own', () => `location = URL.createObjectURL(new Blob(['<h1>blob</h1>'], { type: 'text/html' }))`],
  ])('to %s gives no picture', async (_what, script) => {
    const away = await serve((_, response) => response.setHeader('content-type', 'text/html').end(html('elsewhere')));
    const home = await serve((request, response) => {
      if (request.url === '/leave') return response.writeHead(302, { location: `${away.origin}/` }).end();
      return response
        .setHeader('content-type', 'text/html')
        .end(html(`<p>home</p><script>setTimeout(() => { ${script(away.origin)} }, 100)</script>`));
    });
    await expect(photographWith(options, `${home.origin}/`, {})).rejects.toMatchObject({ code: 'origin-not-allowed' });
  });

  it.each(['data:text/html,<h1>data</h1>', 'file:///etc/passwd', 'view-source:http://localhost/', 'chrome://version'])(
    'to %s leads nowhere: the picture is of the page',
    async (url) => {
      const { origin } = await servePage(
        html(`<p id="home">home</p><script>setTimeout(() => { location = '${url}' }, 100)</script>`),
      );
      const { elements } = await photographWith(options, `${origin}/`, {});
      expect(elements.map(({ key }) => key)).toContain('#home');
    },
  );

  it('to a login of its own says so', async () => {
    const { origin } = await servePage(
      html(`<p>home</p><script>setTimeout(() => {
        history.replaceState(null, '', '/login');
        document.body.innerHTML = '<form><input type="password"></form>';
      }, 100)</script>`),
    );
    await expect(photographWith(options, `${origin}/`, {})).rejects.toMatchObject({ code: 'login-needed' });
  });
});

describe('an address that is no page', () => {
  it.each([
    ['application/pdf', '%PDF-1.4'],
    ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['application/octet-stream', 'x'],
  ])('%s is told', async (type, body) => {
    const { origin } = await serve((_, response) => response.setHeader('content-type', type).end(body));
    await expect(photographWith(options, `${origin}/`, {})).rejects.toMatchObject({ code: 'not-html' });
  });
});
