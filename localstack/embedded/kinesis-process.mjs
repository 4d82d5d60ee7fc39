// The Kinesis emulator's process: `node kinesis-process.mjs <data folder> <clock offset, ms>`. Plain JavaScript, so that it starts
// without a loader.
import { createRequire } from 'node:module';
import { quickStore } from './kinesis-writes.mjs';
import { moveClock } from './moved-clock.mjs';

const require = createRequire(import.meta.url);
const database = require('kinesalite/db');

const [path, clockOffsetMs] = process.argv.slice(2);
moveClock(Number(clockOffsetMs));

// kinesalite keeps its store to itself, and forgets expired records only when they are read; the sweep below needs it.
let store;
let storeOfPuts;
const create = database.create;
database.create = (options) => {
  store = create(options);
  storeOfPuts = quickStore(store);
  return store;
};
// It picks its operations up when it is loaded.
for (const operation of ['putRecord', 'putRecords']) {
  const file = require.resolve(`kinesalite/actions/${operation}`);
  const put = require(file);
  require.cache[file].exports = (_store, data, callback) => put(storeOfPuts, data, callback);
}
const kinesalite = require('kinesalite');
const server = kinesalite({ path, createStreamMs: 0, deleteStreamMs: 0, updateStreamMs: 0, shardLimit: 500 });

// Web pages must not read a developer's streams: a browser always says where a request comes from, and the SDK never does.
const [handle] = server.listeners('request');
server.removeAllListeners('request');
server.on('request', (request, response) => {
  if (request.headers.origin) {
    response.writeHead(403).end();
    return;
  }
  // Readers are told of each write at once, so that they need not poll.
  if (/PutRecords?$/.test(request.headers['x-amz-target'] ?? '')) response.once('finish', tellOfWrite);
  handle(request, response);
});
server.keepAliveTimeout = 60_000;

let told = false;
function tellOfWrite() {
  if (told || !process.connected) return;
  told = true;
  setImmediate(() => {
    told = false;
    if (process.connected) process.send({ written: true });
  });
}

const sweepMs = 3_600_000;
const keysPerDelete = 1_000;
setTimeout(sweep, 10_000).unref();
setInterval(sweep, sweepMs).unref();

/** Deletes records that are older than their stream keeps them. */
function sweep() {
  store.metaDb.createReadStream().on('data', ({ key, value }) => {
    const oldest = Date.now() - value.RetentionPeriodHours * 3_600_000;
    const records = store.getStreamDb(key);
    const expired = [];
    const forget = () =>
      records.batch(expired.splice(0).map((name) => ({ type: 'del', key: name }))).catch(console.error);
    records
      .createKeyStream()
      .on('data', (name) => {
        if (database.parseSequence(name.split('/')[1]).seqTime < oldest) expired.push(name);
        if (expired.length >= keysPerDelete) forget();
      })
      .on('end', forget)
      .on('error', console.error);
  });
}

// A terminal's Ctrl-C reaches the whole group: the parent decides when this process ends.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.on('disconnect', () => {
  server.closeAllConnections();
  server.close(() => process.exit(0));
});

server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
