/**
 * The body of a PutObject that came as `aws-chunked` (the SDK sends streams so): chunks of `<hex size>[;signature]`, a line
 * break, the bytes and a line break; a chunk of size 0 and perhaps trailers end it.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 * @throws Error when a chunk's size is missing.
 */
export function decodeChunked(body: Buffer): Buffer {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.subarray(at, lineEnd).toString('latin1'), 16);
    if (lineEnd < 0 || Number.isNaN(size)) throw new Error(`no chunk size at byte ${at}`);
    if (size === 0) return Buffer.concat(chunks);
    chunks.push(body.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
}
