// The entry of DynamoDB's child process (see dynamodb.ts): dynalite, with what our stack needs and dynalite 4.0.0 lacks:
// the old item of a failed condition, UpdateTimeToLive, and the deletion of expired items.
// Plain JavaScript, because dynalite has no types and a child process of Node should need no loader.
import { createRequire } from 'node:module';
import { cacheReads } from './dynamodb-cache.mjs';
import { groupWrites } from './dynamodb-writes.mjs';

const require = createRequire(import.meta.url);
const dynalite = require('dynalite');
const dynaliteDb = require('dynalite/db');

const { path, port = 0, sweepMs = 600_000 } = JSON.parse(process.argv[2] ?? '{}');

returnOldItemOfFailedConditions();
const store = captureStore();
const server = dynalite({ path, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
answerTimeToLive();
const sweeping = setInterval(() => sweep().catch(fail), sweepMs);

server.on('error', fail);
server.keepAliveTimeout = 60_000;
// Not before LevelDB is open: it would put off what comes, and call the methods that we have replaced another way.
store.db.open().then(() => {
  server.listen(port, '127.0.0.1', () => process.send?.({ port: server.address().port }));
}, fail);

// The parent ends this process: by a message, or by its own death. Ctrl-C reaches the whole group, but the functions still
// have writes to finish then.
process.on('message', close);
process.on('disconnect', close);
process.on('SIGTERM', close);
process.on('SIGINT', () => {});

let closing = false;
function close() {
  if (closing) return;
  closing = true;
  clearInterval(sweeping);
  // Requests at hand get a second to finish; connections kept alive would hold the server open for ever.
  setTimeout(() => server.closeAllConnections(), 1000).unref();
  server.close((error) => (error ? fail(error) : process.exit(0)));
  server.closeIdleConnections();
}

function fail(error) {
  console.error(`DynamoDB (dynalite) failed: ${error.stack ?? error}`);
  process.exit(1);
}

/** `ReturnValuesOnConditionCheckFailure: ALL_OLD` (docs: API_UpdateItem): the error carries the item that failed the condition. */
function returnOldItemOfFailedConditions() {
  for (const operation of ['updateItem', 'putItem', 'deleteItem']) {
    require(`dynalite/validations/${operation}`).types.ReturnValuesOnConditionCheckFailure = {
      type: 'String',
      enum: ['ALL_OLD', 'NONE'],
    };
  }
  const checkConditional = dynaliteDb.checkConditional;
  dynaliteDb.checkConditional = (data, item) => {
    const failure = checkConditional(data, item);
    if (failure && item && data.ReturnValuesOnConditionCheckFailure === 'ALL_OLD') failure.body.Item = item;
    return failure;
  };
}

/** dynalite keeps its store to itself; the sweep and the cache need it. */
function captureStore() {
  const captured = {};
  const create = dynaliteDb.create;
  dynaliteDb.create = (options) => {
    Object.assign(captured, create(options));
    groupWrites(captured.db);
    cacheReads(captured.db);
    return captured;
  };
  return captured;
}

function answerTimeToLive() {
  const [answer] = server.listeners('request');
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    const operation = request.headers['x-amz-target']?.split('.')[1];
    if (operation !== 'UpdateTimeToLive' && operation !== 'DescribeTimeToLive') return answer(request, response);
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      timeToLive(operation, body)
        .catch((error) => [400, error.body ?? { __type: 'ValidationException', message: String(error.message) }])
        .then(([status, result]) => {
          response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
          response.end(JSON.stringify(result));
        });
    });
  });
}

async function timeToLive(operation, body) {
  const { TableName, TimeToLiveSpecification } = JSON.parse(body);
  await calling(store.getTable, TableName);
  if (operation === 'UpdateTimeToLive') {
    const { AttributeName, Enabled } = TimeToLiveSpecification;
    if (Enabled) await store.db.put(`ttl~${TableName}`, AttributeName);
    else await store.db.del(`ttl~${TableName}`);
    return [200, { TimeToLiveSpecification }];
  }
  const AttributeName = await store.db.get(`ttl~${TableName}`);
  const TimeToLiveDescription = AttributeName
    ? { TimeToLiveStatus: 'ENABLED', AttributeName }
    : { TimeToLiveStatus: 'DISABLED' };
  return [200, { TimeToLiveDescription }];
}

/**
 * Deletes expired items, slowly. AWS does it "within a few days of their expiration" (docs: howitworks-ttl), so a reader that
 * depends on it is wrong there; here it keeps the folder small.
 */
async function sweep() {
  for await (const [name, attribute] of store.db.iterator({ gte: 'ttl~', lt: 'ttl~\xff' })) {
    const table = name.slice('ttl~'.length);
    const prefix = `item-${table}~`;
    let read = 0;
    for await (const [key, item] of store.db.iterator({ gte: prefix, lt: `${prefix}\xff` })) {
      if (closing) return;
      if (expired(item, attribute)) await deleteExpired(table, key.slice(prefix.length), attribute);
      if (++read % 200 === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

function expired(item, attribute) {
  return item?.[attribute]?.N !== undefined && Number(item[attribute].N) < Date.now() / 1000;
}

/** Under the item's lock, and read again: it may have been written since. Our tables have no indexes to mend. */
function deleteExpired(table, key, attribute) {
  const items = store.getItemDb(table);
  return new Promise((resolve, reject) => {
    items.lock(key, (release) => {
      const done = release((error) => (error ? reject(error) : resolve()));
      items.get(key, (error, item) => {
        if (error || !expired(item, attribute)) return done(error?.name === 'NotFoundError' ? null : error);
        items.del(key, done);
      });
    });
  });
}

function calling(method, ...args) {
  return new Promise((resolve, reject) => {
    method(...args, (error, result) => (error ? reject(error) : resolve(result)));
  });
}
