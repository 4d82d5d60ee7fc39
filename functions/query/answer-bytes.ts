/**
 * A function's answer may have 6 MB, its body being a JSON text in it (Lambda's quota of a synchronous invocation's response;
 * an HTTP API would let 10 MB through).
 */
export const answerBytesMax = 5_900_000;

/** What a body takes in a function's answer. */
export function bytesInAnswer(body: string): number {
  return Buffer.byteLength(JSON.stringify(body)) - 2;
}

/** As many of the first ones as take at most `bytesMax` together. */
export function firstThatFit<T>(all: readonly T[], bytesMax: number): T[] {
  let bytes = 0;
  const beyond = all.findIndex((one) => {
    bytes += bytesInAnswer(`${JSON.stringify(one)},`);
    return bytes > bytesMax;
  });
  return beyond < 0 ? [...all] : all.slice(0, beyond);
}
