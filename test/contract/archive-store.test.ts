import { describe, expect, it } from 'vitest';
import { memoryArchiveStore } from '../../functions/archive/archive-store.memory.ts';
import { s3ArchiveStore } from '../../functions/archive/archive-store.s3.ts';
import type { ArchiveStore } from '../../functions/archive/archive-store.ts';
import { testS3 } from './s3.ts';

const s3 = testS3();

let prefixes = 0;
const freshPrefix = () => `events/site=s${++prefixes}/`;
const put = (store: ArchiveStore, key: string, text = key) => store.put(key, Buffer.from(text), 'text/plain');

describe.each<[string, () => ArchiveStore]>([
  ['memory', memoryArchiveStore],
  ['S3', () => s3ArchiveStore(s3().client, s3().bucket)],
])('an archive in %s', (_name, make) => {
  it('gives back what was put last, and null for what is not there', async () => {
    const store = make();
    const prefix = freshPrefix();
    await put(store, `${prefix}a`, 'one');
    await put(store, `${prefix}a`, 'two');
    expect(Buffer.from((await store.get(`${prefix}a`)) ?? []).toString()).toBe('two');
    expect(await store.get(`${prefix}b`)).toBeNull();
  });

  it('lists the keys of a prefix in order, from one on, up to a number', async () => {
    const store = make();
    const prefix = freshPrefix();
    for (const name of ['c', 'a', 'd', 'b']) await put(store, prefix + name);
    await put(store, freshPrefix());
    const named = (names: string) => [...names].map((name) => prefix + name);
    expect(await store.keys(prefix)).toEqual(named('abcd'));
    expect(await store.keys(prefix, { after: `${prefix}a`, limit: 2 })).toEqual(named('bc'));
  });

  it('lists more than fit one page', async () => {
    const store = make();
    const prefix = freshPrefix();
    const names = Array.from({ length: 1_005 }, (_, index) => `${prefix}${String(index).padStart(5, '0')}`);
    for (const name of names) await put(store, name, '');
    expect(await store.keys(prefix)).toEqual(names);
  });

  it('forgets what is deleted, once and again', async () => {
    const store = make();
    const key = `${freshPrefix()}a`;
    await put(store, key);
    await store.delete(key);
    await store.delete(key);
    expect(await store.get(key)).toBeNull();
    expect(await store.keys(key)).toEqual([]);
  });
});
