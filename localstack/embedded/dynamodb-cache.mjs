// A cache over dynalite's LevelDB: every UpdateItem reads its table's definition and its item, and without it each read is a
// call into LevelDB and a JSON.parse. Everything is still written at once; only reads by key are spared.

/** Items held. A large one takes some 10 KB as an object. */
const entriesMax = 4000;

/** @param {any} db the store's database, with methods that take callbacks. Values are not changed once read or written. */
export function cacheReads(db) {
  /** Least recently used first. `undefined`, which LevelDB answers for no such item, is remembered too. */
  const held = new Map();
  /** Reads under way, by key. A write removes them, so that what they bring, which is old by then, is not kept. */
  const reading = new Map();
  const { get, put, del, batch } = db;

  function keep(key, value) {
    reading.delete(key);
    held.delete(key);
    held.set(key, value);
    if (held.size > entriesMax) held.delete(held.keys().next().value);
  }

  db.get = (key, callback) => {
    if (typeof callback !== 'function') return get.call(db, key, callback);
    if (held.has(key)) {
      const value = held.get(key);
      held.delete(key);
      held.set(key, value);
      process.nextTick(callback, null, value);
      return;
    }
    const mark = Symbol();
    reading.set(key, mark);
    get.call(db, key, (error, value) => {
      if (reading.get(key) === mark) {
        reading.delete(key);
        if (!error) keep(key, value);
      }
      callback(error, value);
    });
  };
  db.put = (key, value, callback) => {
    keep(key, value);
    return put.call(db, key, value, callback);
  };
  db.del = (key, callback) => {
    keep(key, undefined);
    return del.call(db, key, callback);
  };
  db.batch = (operations, callback) => {
    for (const { type, key, value } of operations) keep(key, type === 'del' ? undefined : value);
    return batch.call(db, operations, callback);
  };
}
