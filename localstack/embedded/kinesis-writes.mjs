// Quicker puts over kinesalite's LevelDB. For each record kinesalite reads what it knows of the stream, writes that, and writes the
// record, each a wait for LevelDB's threads, and holds the stream's lock meanwhile: under load puts stand in line for that. Here the
// stream's facts are at hand, a put holds the lock only while it takes its number, and what comes while LevelDB writes goes to it
// together. A put is answered when its record is written, as before, and records are written in the order of their numbers.

/** Each write waits for those before it; what waits together is written together, `first` before the others. */
function orderedWrites(first) {
  let writing = false;
  /** @type {{ db: object, operations: object[], callback: (error?: Error) => void }[]} */
  let waiting = [];

  async function write() {
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      const error = await written(group, first);
      for (const { callback } of group) callback(error);
    }
    writing = false;
  }

  return (db, operations, callback) => {
    waiting.push({ db, operations, callback });
    // In a moment: what a put knows of the stream and its record are one group, or it would be told of a record without the other.
    if (!writing) queueMicrotask(write);
    writing = true;
  };
}

/** What failed, or undefined. */
async function written(group, first) {
  const byDb = new Map([[first, []]]);
  for (const { db, operations } of group) byDb.set(db, [...(byDb.get(db) ?? []), ...operations]);
  try {
    for (const [db, operations] of byDb) if (operations.length > 0) await db.batch(operations);
    return undefined;
  } catch (error) {
    return error;
  }
}

/**
 * Makes `store`, as kinesalite's `db.create` gives it, write that way.
 * @returns the same store as PutRecord and PutRecords are to see it
 */
export function quickStore(store) {
  const { metaDb, getStreamDb } = store;
  const meta = { batch: metaDb.batch.bind(metaDb), get: metaDb.get.bind(metaDb) };
  const add = orderedWrites(meta);
  /** Of each stream that has been written to, as JSON: kinesalite changes what it has read. */
  const facts = new Map();

  metaDb.get = (key, callback) =>
    facts.has(key) ? callback(null, JSON.parse(facts.get(key))) : meta.get(key, callback);
  metaDb.put = (key, value, callback) => {
    facts.set(key, JSON.stringify(value));
    add(meta, [{ type: 'put', key, value }], callback);
  };
  metaDb.del = (key, callback) => {
    facts.delete(key);
    add(meta, [{ type: 'del', key }], callback);
  };
  const ordered = new Map();
  store.getStreamDb = (name) => {
    const db = getStreamDb(name);
    if (ordered.get(name) !== db) {
      ordered.set(name, db);
      writeInOrder(db, add);
    }
    return db;
  };

  const puts = Object.create(metaDb);
  // The record's write is asked for in the same breath, is in the same group, and tells of both.
  puts.put = (key, value, callback) => {
    metaDb.put(key, value, () => {});
    callback();
  };
  // With the facts at hand, all of a put up to its write is done when `work` returns.
  puts.lock = (key, work) =>
    metaDb.lock(key, (release) => {
      if (!facts.has(key)) return work(release);
      work((done) => done);
      release()();
    });
  return Object.assign(Object.create(store), { metaDb: puts });
}

function writeInOrder(db, add) {
  const own = { batch: db.batch.bind(db) };
  db.put = (key, value, callback) => add(own, [{ type: 'put', key, value }], callback);
  db.batch = (operations, ...rest) => {
    const callback = rest.find((one) => typeof one === 'function');
    if (callback) return void add(own, operations, callback);
    return new Promise((resolve, reject) => add(own, operations, (error) => (error ? reject(error) : resolve())));
  };
}
