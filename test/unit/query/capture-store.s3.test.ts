import { PutObjectCommand } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  captureDocumentKey,
  captureFailureKey,
  captureImageKey,
  datedDocumentKey,
  takenFor,
} from '../../../functions/query/capture-object.ts';
import { memoryCaptureStore } from '../../../functions/query/capture-store.memory.ts';
import { s3CaptureStore } from '../../../functions/query/capture-store.s3.ts';
import type { CaptureStore } from '../../../functions/query/capture-store.ts';
import { testS3 } from '../../contract/s3.ts';

const failure = { error: { code: 'timeout', message: 'too slow' }, takenAt: 1795400000000 };
function pictureOf(takenAt: number) {
  const size = { viewportWidth: 390, viewportHeight: 844, width: 390, height: 2100 };
  return { url: 'https://shop.example/', path: '/', device: 'mobile', takenAt, ...size, elements: [] };
}
const objects = new Map<string, string | Uint8Array>([
  [captureFailureKey('demo', 'abcd-_12', 'mobile'), JSON.stringify(failure)],
  [captureImageKey('demo', 'abcd-_12', 'mobile', 1795400000000), new Uint8Array([0xff, 0xd8, 0, 1])],
  [captureDocumentKey('demo', 'dated---', 'mobile'), JSON.stringify(pictureOf(2000))],
  ...[1000, 2000].flatMap((takenAt): [string, string | Uint8Array][] => [
    [datedDocumentKey('demo', 'dated---', 'mobile', takenAt), JSON.stringify(pictureOf(takenAt))],
    [captureImageKey('demo', 'dated---', 'mobile', takenAt), new Uint8Array([0xff, 0xd8])],
  ]),
]);

const s3 = testS3();
beforeAll(async () => {
  const { client, bucket } = s3();
  for (const [Key, Body] of objects) await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
});

describe.each<[string, () => CaptureStore]>([
  ['in memory', () => memoryCaptureStore(objects)],
  ['in S3', () => s3CaptureStore(s3().client, s3().bucket)],
])('captures %s', (_name, make) => {
  it('gives a document and its picture', async () => {
    expect(await make().latest('demo', 'abcd-_12', 'mobile')).toEqual(failure);
    expect([...((await make().image('demo', 'abcd-_12', 'mobile', 1795400000000)) ?? [])]).toEqual([0xff, 0xd8, 0, 1]);
  });

  it('gives the picture of a range by its end', async () => {
    const asOf = async (until: number) => (await make().asOf('demo', 'dated---', 'mobile', until))?.takenAt;
    expect([await asOf(500), await asOf(1001), await asOf(2000), await asOf(2001), await asOf(9000)]).toEqual([
      ...[1000, 1000, 1000, 2000, 2000],
    ]);
    expect(await make().asOf('demo', 'abcd-_12', 'mobile', 9000)).toEqual(failure);
    expect(await make().asOf('demo', 'abcd-_12', 'tablet', 9000)).toBeNull();
  });

  it('gives null for what was never taken', async () => {
    expect(await make().latest('demo', 'abcd-_12', 'desktop')).toBeNull();
    expect(await make().image('demo', 'abcd-_12', 'mobile', 1)).toBeNull();
  });
});

it('the picture of a range is the last of before its end, else the first after it', () => {
  expect(takenFor(100, [])).toBeNull();
  expect(takenFor(100, [50, 99, 100, 150])).toBe(99);
  expect(takenFor(100, [300, 100, 200])).toBe(100);
});
