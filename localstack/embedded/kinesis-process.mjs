// The Kinesis emulator's process: `node kinesis-process.mjs <data folder>`. Plain JavaScript, so that it starts without a loader.
import kinesalite from 'kinesalite';

const [path] = process.argv.slice(2);
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

// A terminal's Ctrl-C reaches the whole group: the parent decides when this process ends.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.on('disconnect', () => {
  server.closeAllConnections();
  server.close(() => process.exit(0));
});

server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
