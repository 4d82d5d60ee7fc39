/** Bytes as they may come in at a port: requests, damaged requests, and frames of a WebSocket that no library would write. */
import fc from 'fast-check';
import { keptRequests } from './corpus.ts';
import { mutateText, textMutation } from './mutation.ts';
import { oddText } from './odd-values.ts';

/** What is written to a socket, piece by piece, and how it ends. */
export interface Attempt {
  pieces: Buffer[];
  /** `end`: nothing more to say; `reset`: gone without a word. */
  ending: 'end' | 'reset';
}

const latin = oddText.map((text) =>
  Buffer.from(text)
    .toString('latin1')
    .replace(/[\r\n]/g, ' ')
    .slice(0, 400),
);
const target = fc.oneof(
  fc.constantFrom(
    '/',
    '/v1/events',
    '/v1/sites/demo/live?a=1&a=2',
    '/s.js',
    '/config.json',
    '/socket',
    '/v1/',
    '/assets/../x',
    '*',
  ),
  fc.webPath(),
  fc.webQueryParameters().map((query) => `/v1/sites/demo/series?${query}`),
  latin.map((text) => `/${text.replaceAll(' ', '')}`),
);
const header = fc.oneof(
  fc.constantFrom(
    'Host: localhost',
    'Host: evil.example',
    'Origin: https://shop.example',
    'Content-Type: text/plain',
    'Cookie: a=1; b',
  ),
  fc.constantFrom(
    'Content-Encoding: gzip',
    'Connection: close',
    'Connection: upgrade',
    'Upgrade: websocket',
    'X-Amz-Target: Kinesis_20131202.PutRecord',
  ),
  fc.constantFrom(
    'Access-Control-Request-Method: POST',
    'Transfer-Encoding: chunked',
    'Content-Length: 7',
    'Range: bytes=0-',
    'X-Forwarded-For: ::1',
  ),
  fc
    .tuple(fc.constantFrom('X-A', 'User-Agent', 'Origin', '__proto__', 'cookie'), latin)
    .map(([name, value]) => `${name}: ${value}`),
);
const request = fc
  .record({
    method: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom('GET', 'POST', 'OPTIONS', 'HEAD', 'PUT', 'DELETE') },
      latin,
    ),
    target,
    version: fc.oneof({ weight: 15, arbitrary: fc.constant('1.1') }, fc.constantFrom('1.0', '2.0', '9.9', 'x')),
    headers: fc.array(header, { maxLength: 6 }),
    body: fc.oneof(
      fc.constant(''),
      oddText,
      fc.constantFrom('{}', '5\r\nhello\r\n0\r\n\r\n', '5;a=b\r\nhel', 'x'.repeat(70_000)),
    ),
    sized: fc.boolean(),
  })
  .map(({ method, target: to, version, headers, body, sized }) => {
    const length = sized ? [`Content-Length: ${Buffer.byteLength(body)}`] : [];
    const head = [`${method} ${to} HTTP/${version}`, ...headers, ...length, '', ''].join('\r\n');
    return Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(body)]);
  });
const kept = fc.constantFrom(...keptRequests).map(({ bytes }) => Buffer.from(bytes, 'latin1'));
const damaged = fc
  .tuple(fc.oneof(kept, request), fc.array(textMutation, { minLength: 1, maxLength: 2 }))
  .map(([bytes, mutations]) => mutateText(bytes.toString('latin1'), mutations));
const noise = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));

const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 3 });
const ending = fc.constantFrom('end', 'end', 'end', 'reset') as fc.Arbitrary<Attempt['ending']>;

export const requestAttempt: fc.Arbitrary<Attempt> = fc
  .tuple(
    fc.oneof(
      { weight: 5, arbitrary: request },
      { weight: 3, arbitrary: kept },
      { weight: 3, arbitrary: damaged },
      noise,
    ),
    cuts,
    ending,
  )
  .map(([bytes, at, how]) => ({ pieces: piecesOf(bytes, at), ending: how }));

export const handshake = Buffer.from(
  'GET /socket HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
);

const frame = fc
  .record({
    isLast: fc.boolean(),
    reserved: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 7 })),
    opcode: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(0, 1, 2, 8, 9, 10) }, fc.integer({ min: 0, max: 15 })),
    isMasked: fc.oneof({ weight: 8, arbitrary: fc.constant(true) }, fc.constant(false)),
    payload: fc.oneof(
      oddText.map((text) => Buffer.from(text)),
      fc.constantFrom('{"op":"tick"}', '{"op":"$connect"}', '{').map((text) => Buffer.from(text)),
      noise,
    ),
    /** A length that is written instead of the true one. */
    claimed: fc.oneof(
      { weight: 9, arbitrary: fc.constant(null) },
      fc.constantFrom(0n, 126n, 65_536n, 131_073n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n),
    ),
  })
  .map(({ isLast, reserved, opcode, isMasked, payload, claimed }) => {
    const first = (isLast ? 0x80 : 0) | (reserved << 4) | opcode;
    const mask = Buffer.from([1, 2, 3, 4]);
    const masked = payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0));
    const head = [Buffer.from([first]), lengthOf(claimed ?? BigInt(payload.length), isMasked)];
    return Buffer.concat(isMasked ? [...head, mask, masked] : [...head, payload]);
  });

/** What follows a good handshake. */
export const framesAttempt: fc.Arbitrary<Attempt> = fc
  .tuple(fc.array(frame, { minLength: 1, maxLength: 6 }), cuts, ending)
  .map(([frames, at, how]) => ({ pieces: [handshake, ...piecesOf(Buffer.concat(frames), at)], ending: how }));

function lengthOf(length: bigint, isMasked: boolean): Buffer {
  const flag = isMasked ? 0x80 : 0;
  if (length < 126n) return Buffer.from([flag | Number(length)]);
  const bytes = Buffer.alloc(length < 65_536n ? 3 : 9);
  bytes[0] = flag | (bytes.length === 3 ? 126 : 127);
  if (bytes.length === 3) bytes.writeUInt16BE(Number(length), 1);
  else bytes.writeBigUInt64BE(length, 1);
  return bytes;
}

function piecesOf(bytes: Buffer, shares: number[]): Buffer[] {
  const ends = [...shares.map((share) => Math.floor(share * bytes.length)), bytes.length].sort(
    (one, other) => one - other,
  );
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}
