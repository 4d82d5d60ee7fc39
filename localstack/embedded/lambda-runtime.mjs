// One instance of a Lambda function: the worker thread in which its bundle runs, one event at a time.
// Plain JavaScript, so that no loader of ours stands between the bundle and Node.
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { guardCalls } from './guarded-calls.mjs';
import { moveClock } from './moved-clock.mjs';

const { file, exportName, functionName, functionArn, memoryMb, clockOffsetMs, rights } = workerData;
moveClock(clockOffsetMs);
if (rights) guardCalls(rights, functionArn.split(':').slice(3, 5).join(':'));

// On AWS this is a flag in NODE_OPTIONS, which a thread can't take.
if (/--enable-source-maps/.test(process.env.NODE_OPTIONS ?? '')) process.setSourceMapsEnabled(true);

// As in AWS's runtime, a rejection that nobody handles ends the instance.
process.on('unhandledRejection', (reason) => {
  throw reason;
});

try {
  const module = await import(pathToFileURL(file).href);
  const handler = module[exportName];
  if (typeof handler !== 'function') throw new Error(`${file} does not export a function ${exportName}`);
  parentPort.on('message', (invocation) => run(handler, invocation));
  parentPort.postMessage({ ready: true });
} catch (error) {
  parentPort.postMessage({ failed: describe(error) });
}

async function run(handler, { requestId, payload, deadline }) {
  const context = {
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: functionArn,
    memoryLimitInMB: String(memoryMb),
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'embedded',
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => Math.max(0, deadline + clockOffsetMs - Date.now()),
  };
  try {
    const answer = await handler(JSON.parse(payload), context);
    parentPort.postMessage({ requestId, answer: JSON.stringify(answer) ?? 'null' });
  } catch (error) {
    const described = describe(error);
    console.error(JSON.stringify({ level: 'error', message: 'Invoke Error', requestId, ...described }));
    parentPort.postMessage({ requestId, failed: described });
  }
}

function describe(error) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}
