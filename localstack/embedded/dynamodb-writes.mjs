// Writes to LevelDB in groups: while one batch is being written, what comes meanwhile waits and then goes as one. Each is
// answered when it is written, as before; but thirty at a time wake LevelDB's thread a few times, not thirty. LevelDB writes
// a batch whole or not at all.

/** @param {any} db the store's database, with methods that take callbacks. */
export function groupWrites(db) {
  const { batch } = db;
  let writing = false;
  /** @type {{ operation: object, callback: (error: Error | null) => void }[]} */
  let waiting = [];

  function write() {
    writing = true;
    const group = waiting;
    waiting = [];
    const operations = group.map(({ operation }) => operation);
    batch.call(db, operations, (error) => {
      writing = false;
      for (const { callback } of group) callback(error);
      if (waiting.length > 0 && !writing) write();
    });
  }

  function add(operation, callback) {
    if (typeof callback !== 'function') return batch.call(db, [operation]);
    waiting.push({ operation, callback });
    if (!writing) write();
  }

  db.put = (key, value, callback) => add({ type: 'put', key, value }, callback);
  db.del = (key, callback) => add({ type: 'del', key }, callback);
}
