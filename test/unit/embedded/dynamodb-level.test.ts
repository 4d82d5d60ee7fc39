import { beforeEach, describe, expect, it } from 'vitest';
// @ts-expect-error plain JavaScript, as the process that uses it is
import { cacheReads } from '../../../localstack/embedded/dynamodb-cache.mjs';
// @ts-expect-error plain JavaScript, as the process that uses it is
import { groupWrites } from '../../../localstack/embedded/dynamodb-writes.mjs';

type Callback = (error: Error | null, value?: unknown) => void;
interface Operation {
  type: 'put' | 'del';
  key: string;
  value?: unknown;
}
interface Db {
  get(key: string, callback: Callback): void;
  put(key: string, value: unknown, callback: Callback): void;
  del(key: string, callback: Callback): void;
  batch(operations: Operation[], callback: Callback): void;
}

/** A database that answers only when it is told to. A read brings what stood there when it was asked. */
class ManualDb implements Db {
  readonly held = new Map<string, unknown>();
  readonly batches: Operation[][] = [];
  reads = 0;
  private waiting: (() => void)[] = [];

  get(key: string, callback: Callback) {
    this.reads++;
    const value = this.held.get(key);
    this.waiting.push(() => callback(null, value));
  }
  put(key: string, value: unknown, callback: Callback) {
    this.batch([{ type: 'put', key, value }], callback);
  }
  del(key: string, callback: Callback) {
    this.batch([{ type: 'del', key }], callback);
  }
  batch(operations: Operation[], callback: Callback) {
    this.batches.push(operations);
    this.waiting.push(() => {
      for (const { type, key, value } of operations) {
        if (type === 'put') this.held.set(key, value);
        else this.held.delete(key);
      }
      callback(null);
    });
  }
  /** Answers all that waits; what comes by it waits for the next time. */
  answer() {
    const now = this.waiting;
    this.waiting = [];
    for (const one of now) one();
  }
}

let manual: ManualDb;
let db: Db;
beforeEach(() => {
  manual = new ManualDb();
  db = manual;
});
const reading = (key: string) => new Promise((resolve) => db.get(key, (_, value) => resolve(value)));

describe('the cache over LevelDB', () => {
  beforeEach(() => cacheReads(manual));

  it('asks once for a key, there or not', async () => {
    manual.held.set('a', 1);
    const first = [reading('a'), reading('none')];
    manual.answer();
    expect(await Promise.all(first)).toEqual([1, undefined]);
    expect(await Promise.all([reading('a'), reading('none')])).toEqual([1, undefined]);
    expect(manual.reads).toBe(2);
  });

  it('brings what was written last, without asking', async () => {
    db.put('a', 1, () => undefined);
    db.put('a', 2, () => undefined);
    expect(await reading('a')).toBe(2);
    db.del('a', () => undefined);
    expect(await reading('a')).toBeUndefined();
    db.batch([{ type: 'put', key: 'a', value: 3 }], () => undefined);
    expect(await reading('a')).toBe(3);
    expect(manual.reads).toBe(0);
  });

  it('does not keep what a read brings that a write has overtaken', async () => {
    manual.held.set('a', 'old');
    const overtaken = reading('a');
    db.put('a', 'new', () => undefined);
    manual.answer();
    expect(await overtaken).toBe('old');
    expect(await reading('a')).toBe('new');
  });

  it('forgets what was not used for long, and asks for it again', async () => {
    db.put('first', 1, () => undefined);
    for (let index = 0; index < 4000; index++) db.put(`k${index}`, index, () => undefined);
    manual.answer();
    const again = reading('first');
    expect(manual.reads).toBe(1);
    manual.answer();
    expect(await again).toBe(1);
  });
});

describe('writes to LevelDB', () => {
  beforeEach(() => groupWrites(manual));

  it('go at once when nothing is being written, and else together, in order', () => {
    const answered: string[] = [];
    db.put('a', 1, () => answered.push('a1'));
    db.put('a', 2, () => answered.push('a2'));
    db.del('b', () => answered.push('b'));
    expect(manual.batches).toEqual([[{ type: 'put', key: 'a', value: 1 }]]);
    expect(answered).toEqual([]);
    manual.answer();
    expect(answered).toEqual(['a1']);
    expect(manual.batches[1]).toEqual([
      { type: 'put', key: 'a', value: 2 },
      { type: 'del', key: 'b' },
    ]);
    manual.answer();
    expect(answered).toEqual(['a1', 'a2', 'b']);
  });

  it('that come from an answer wait their turn, and none is left behind', () => {
    const answered: string[] = [];
    db.put('a', 1, () => {
      answered.push('a');
      db.put('c', 3, () => answered.push('c'));
    });
    db.put('b', 2, () => answered.push('b'));
    for (let round = 0; round < 4; round++) manual.answer();
    expect(answered).toEqual(['a', 'b', 'c']);
    expect([...manual.held]).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ]);
  });

  it('that fail tell everyone in their group', () => {
    const failing: Db = {
      ...manual,
      get: manual.get,
      put: manual.put,
      del: manual.del,
      batch: (_, callback) => callback(new Error('disk full')),
    };
    groupWrites(failing);
    const errors: (string | undefined)[] = [];
    failing.put('a', 1, (error) => errors.push(error?.message));
    failing.del('a', (error) => errors.push(error?.message));
    expect(errors).toEqual(['disk full', 'disk full']);
  });
});
