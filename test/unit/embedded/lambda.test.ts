import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Value } from '../../../localstack/embedded/intrinsics.ts';
import { type Lambda, startLambda } from '../../../localstack/embedded/lambda.ts';
import { resolveTemplate } from '../../../localstack/embedded/template.ts';

const folder = mkdtempSync(join(tmpdir(), 'lambda-'));
const running: Lambda[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((lambda) => lambda.close()));
  rmSync(folder, { recursive: true, force: true });
});

/** A function `F` with `source` as its bundle. */
function functionOf(source: string, properties: Record<string, Value> = {}, retryDelaysMs = [1, 1]): Lambda {
  mkdirSync(join(folder, 'code'), { recursive: true });
  writeFileSync(join(folder, 'code', 'index.mjs'), source);
  const Properties = { Runtime: 'nodejs24.x', Handler: 'index.handler', Code: { S3Key: 'k' }, ...properties };
  const resources = resolveTemplate({ Resources: { F: { Type: 'AWS::Lambda::Function', Properties } } }, 'S', {});
  const lambda = startLambda(
    { ofType: () => resources, assetFolder: () => join(folder, 'code') },
    { logFolder: join(folder, 'logs'), environment: { GIVEN: 'from outside' }, retryDelaysMs },
  );
  running.push(lambda);
  return lambda;
}
async function invoke(lambda: Lambda, event: unknown = {}) {
  const outcome = await lambda.invoke('F', JSON.stringify(event));
  return outcome.kind === 'throttled' ? outcome : { kind: outcome.kind, value: JSON.parse(outcome.payload) };
}

describe('an invocation', () => {
  it('gives the event and the context, and returns what the handler returns', async () => {
    const lambda = functionOf(
      `export async function handler(event, context) {
        return { event, name: context.functionName, left: context.getRemainingTimeInMillis() > 0 };
      }`,
    );
    expect(await invoke(lambda, { a: 1 })).toEqual({
      kind: 'value',
      value: { event: { a: 1 }, name: 'F', left: true },
    });
  });

  it('has the environment of the template and nothing of the machine', async () => {
    const lambda = functionOf('export const handler = async () => process.env;', {
      Environment: { Variables: { STREAM_NAME: 'stream' } },
    });
    const { value } = (await invoke(lambda)) as { value: Record<string, string> };
    expect(value).toMatchObject({ STREAM_NAME: 'stream', GIVEN: 'from outside', AWS_LAMBDA_FUNCTION_NAME: 'F' });
    expect(value.PATH).toBeUndefined();
  });

  it('describes an error that the handler throws', async () => {
    const lambda = functionOf(`export async function handler() { throw new TypeError('no good'); }`);
    const outcome = await invoke(lambda);
    expect(outcome).toMatchObject({ kind: 'error', value: { errorType: 'TypeError', errorMessage: 'no good' } });
  });

  // configuration-timeout: the invocation is ended, and with it the instance: what it held in memory is gone.
  it('is ended at its timeout, and the next meets a new instance', async () => {
    const lambda = functionOf(
      `let count = 0;
       export async function handler({ hang }) {
         count += 1;
         if (hang) for (;;) {}
         return count;
       }`,
      { Timeout: 0.1 },
    );
    expect(await invoke(lambda)).toEqual({ kind: 'value', value: 1 });
    expect(await invoke(lambda)).toEqual({ kind: 'value', value: 2 });
    const outcome = await invoke(lambda, { hang: true });
    expect(outcome).toMatchObject({ kind: 'error', value: { errorType: 'Sandbox.Timedout' } });
    expect(await invoke(lambda)).toEqual({ kind: 'value', value: 1 });
  });

  it('fails when the instance dies, and the next meets a new one', async () => {
    const lambda = functionOf(
      `export async function handler({ die }) {
         if (die) process.exit(3);
         return 'alive';
       }`,
    );
    expect(await invoke(lambda, { die: true })).toMatchObject({ kind: 'error' });
    expect(await invoke(lambda)).toEqual({ kind: 'value', value: 'alive' });
  });

  it('fails when its instance is killed, by the name that the instance knows itself by', async () => {
    const lambda = functionOf(
      `let count = 0;
       export async function handler({ hang }) {
         count += 1;
         if (hang) for (;;) {}
         return [process.env.AWS_SDK_UA_APP_ID, count];
       }`,
    );
    expect(await invoke(lambda)).toEqual({ kind: 'value', value: ['F-1', 1] });
    const hanging = invoke(lambda, { hang: true });
    expect(await lambda.kill('F-2')).toBe(false);
    expect(await lambda.kill('F-1')).toBe(true);
    expect(await hanging).toMatchObject({ kind: 'error', value: { errorType: 'Runtime.ExitError' } });
    expect(await lambda.kill('F-1')).toBe(false);
    expect(await invoke(lambda)).toEqual({ kind: 'value', value: ['F-2', 1] });
  });

  it('fails with the reason when the bundle can not be loaded', async () => {
    const lambda = functionOf(`throw new Error('environment variable STREAM_NAME is not set');`);
    const outcome = await invoke(lambda);
    expect(outcome).toMatchObject({ kind: 'error', value: { errorType: 'Runtime.InitError' } });
    expect(JSON.stringify(outcome)).toContain('STREAM_NAME is not set');
  });
});

it('an instance takes one event at a time, and there are no more instances than allowed', async () => {
  const lambda = functionOf(
    `let atOnce = 0;
     let most = 0;
     const me = Math.random();
     export async function handler() {
       most = Math.max(most, ++atOnce);
       await new Promise((resolve) => setTimeout(resolve, 5));
       atOnce--;
       return [most, me];
     }`,
    { ReservedConcurrentExecutions: 2 },
  );
  const outcomes = await Promise.all(Array.from({ length: 30 }, () => invoke(lambda)));
  const values = outcomes.map((outcome) => ('value' in outcome ? outcome.value : outcome));
  expect(values.map(([most]) => most)).toEqual(values.map(() => 1));
  expect(new Set(values.map(([, instance]) => instance)).size).toBeLessThanOrEqual(2);
});

it('an event behind one that does not end gets an instance of its own', async () => {
  const lambda = functionOf(
    `export const handler = ({ hang }) => hang ? new Promise(() => {}) : process.env.AWS_SDK_UA_APP_ID;`,
  );
  const hanging = invoke(lambda, { hang: true });
  expect(await invoke(lambda)).toEqual({ kind: 'value', value: 'F-2' });
  await lambda.kill('F-1');
  expect(await hanging).toMatchObject({ kind: 'error' });
});

// invocation-async-error-handling: "Lambda attempts to run it two more times".
it('an asynchronous event is tried three times, then discarded and logged', async () => {
  const lambda = functionOf(
    `export async function handler(event) { console.log('tried', event.n); throw new Error('no'); }`,
  );
  lambda.send('F', '{"n":7}');
  const linesWith = (text: string) => lambda.logOf('F').filter((line) => line.includes(text));
  await vi.waitFor(() => expect(linesWith('discarded')).toHaveLength(1));
  expect(linesWith('tried 7')).toHaveLength(3);
});

it('what a function writes is kept in a file, line by line', async () => {
  const lambda = functionOf(
    `export async function handler() { console.log('{"_aws":{}}'); console.error('two\\nthree'); }`,
  );
  await invoke(lambda);
  await vi.waitFor(() => expect(lambda.logOf('F').at(-1)).toContain('three'));
  await lambda.close();
  const lines = readFileSync(join(folder, 'logs', 'F.log'), 'utf8')
    .trimEnd()
    .split('\n');
  expect(lines.slice(-3).map((line) => line.split('\t')[1])).toEqual(['{"_aws":{}}', 'two', 'three']);
});

it('names a function that does not exist', () => {
  const lambda = functionOf('export const handler = async () => 1;');
  expect(() => lambda.invoke('G', '{}')).toThrow(/no function G/);
});
