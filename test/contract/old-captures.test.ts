import { describe, expect, it } from 'vitest';
import { memoryArchiveStore } from '../../functions/archive/archive-store.memory.ts';
import { s3ArchiveStore } from '../../functions/archive/archive-store.s3.ts';
import type { ArchiveStore } from '../../functions/archive/archive-store.ts';
import { s3CaptureStore } from '../../functions/capture/capture-store.s3.ts';
import { captureDocumentKey, captureFailureKey, type StoredPicture } from '../../functions/capture/capture-store.ts';
import { nameId } from '../../functions/contract/name-id.ts';
import { dayMs } from '../../functions/contract/time-unit.ts';
import { deleteOldCaptures } from '../../functions/forget/old-captures.ts';
import { s3CaptureStore as readerOf } from '../../functions/query/capture-store.s3.ts';
import { testS3 } from './s3.ts';

const s3 = testS3();

const now = Date.parse('2026-11-23T12:00:00Z');
const daysAgo = (days: number) => now - days * dayMs;

let sites = 0;
/** As the capture function puts them: `/` taken thrice and failed once, `/old` once, long ago, and another site's. */
async function taken(): Promise<{ site: string; other: string }> {
  const store = s3CaptureStore(s3().client, s3().bucket);
  const site = `s${++sites}`;
  const other = `${site}x`;
  const take = (of: string, path: string, days: number) => {
    const takenAt = daysAgo(days);
    const picture = { path, device: 'desktop', takenAt, image: '', elements: [] } as unknown as StoredPicture;
    return store.savePicture({ site: of, path, device: 'desktop' }, picture, new Uint8Array([days]));
  };
  for (const days of [40, 31, 29]) await take(site, '/', days);
  await take(site, '/old', 80);
  for (const days of [80, 40]) await take(other, '/', days);
  await store.saveFailure(
    { site, path: '/', device: 'desktop' },
    { error: { code: 'timeout', message: '' }, takenAt: daysAgo(28) },
  );
  return { site, other };
}

async function copied(from: ArchiveStore): Promise<ArchiveStore> {
  const copy = memoryArchiveStore();
  for (const key of await from.keys('captures/')) await copy.put(key, (await from.get(key)) ?? new Uint8Array(), '');
  return copy;
}

describe.each<[string, (bucket: ArchiveStore) => Promise<ArchiveStore>]>([
  ['memory', copied],
  ['S3', async (bucket) => bucket],
])('captures in %s that a site no longer keeps', (_name, make) => {
  async function world() {
    const of = await taken();
    const captures = await make(s3ArchiveStore(s3().client, s3().bucket));
    const sweep = (retentionDays: number, captureRetentionDays = 90) =>
      deleteOldCaptures(of.site, retentionDays, { captures, captureRetentionDays }, now);
    return { ...of, captures, sweep, left: (site: string) => captures.keys(`captures/${site}/`) };
  }
  const root = (site: string) => ({ site, path: '/', device: 'desktop' }) as const;

  it('go, picture and document, but for each page’s newest', async () => {
    const { site, other, sweep, left } = await world();
    const others = await left(other);
    expect(await sweep(30)).toBe(4);
    const at = (path: string, days: number) => `captures/${site}/${nameId(path)}/desktop/${daysAgo(days)}`;
    const current = [captureDocumentKey(root(site)), captureDocumentKey({ ...root(site), path: '/old' })];
    const kept = [at('/', 29), at('/old', 80)].flatMap((name) => [`${name}.jpg`, `${name}.json`]);
    expect(await left(site)).toEqual([...current, ...kept, captureFailureKey(root(site))].sort());
    expect(await left(other)).toEqual(others);
    expect(await sweep(30)).toBe(0);
    expect(await sweep(1)).toBe(0);
  });

  it('stay where a page’s current document points to them, as when the newest was not taken to its end', async () => {
    const { site, captures, sweep, left } = await world();
    const document = Buffer.from(JSON.stringify({ takenAt: daysAgo(40) }));
    await captures.put(captureDocumentKey(root(site)), document, 'application/json');
    expect(await sweep(30)).toBe(2);
    const keys = (await left(site)).join();
    expect(keys).toContain(`${daysAgo(40)}.jpg`);
    expect(keys).not.toContain(`${daysAgo(31)}`);
  });

  it('are left to the bucket’s own rule where that is the shorter', async () => {
    const { sweep, left, site } = await world();
    const all = await left(site);
    expect(await sweep(30, 30)).toBe(0);
    expect(await left(site)).toEqual(all);
  });
});

it('a map is drawn on what is left', async () => {
  const { site } = await taken();
  const captures = s3ArchiveStore(s3().client, s3().bucket);
  await deleteOldCaptures(site, 30, { captures, captureRetentionDays: 90 }, now);
  const reader = readerOf(s3().client, s3().bucket);
  for (const until of [now, daysAgo(35)]) {
    expect(await reader.asOf(site, nameId('/'), 'desktop', until)).toMatchObject({ takenAt: daysAgo(29) });
  }
  expect(await reader.latest(site, nameId('/'), 'desktop')).toMatchObject({ takenAt: daysAgo(29) });
  expect(await reader.image(site, nameId('/old'), 'desktop', daysAgo(80))).toEqual(new Uint8Array([80]));
});
