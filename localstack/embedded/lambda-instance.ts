import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import type { FunctionLog } from './function-log.ts';
import type { Right } from './rights.ts';

/** A function as the template has it. */
export interface FunctionSpec {
  name: string;
  arn: string;
  /** The unpacked bundle. */
  folder: string;
  /** Such as `index.handler`. */
  handler: string;
  environment: Record<string, string>;
  timeoutMs: number;
  memoryMb: number;
  instancesMax: number;
  /** Of its clock against this machine's, ms. */
  clockOffsetMs: number;
  /** What it may ask of AWS; null: whatever it likes. */
  rights: Right[] | null;
}

/** How an invocation ended. `payload` is JSON: what the handler returned, or Lambda's description of the error. */
export type Outcome = { kind: 'value' | 'error'; payload: string } | { kind: 'throttled' };

interface Failure {
  errorType: string;
  errorMessage: string;
  trace?: string[];
}
type FromWorker = { ready: true } | { requestId?: string; failed: Failure } | { requestId: string; answer: string };

/** Loading the bundle may take this long, beside the function's own timeout (Lambda's init phase). */
const initMsMax = 10_000;

/** One instance: takes one event at a time, and is dead after a timeout or a crash. */
export class LambdaInstance {
  /** Resolves when events can be taken; rejects when the bundle can't be loaded. */
  readonly ready: Promise<void>;
  /** Such as `process-3`: the third instance of that function. */
  readonly id: string;
  dead = false;
  lastUsedAt = Date.now();
  private readonly spec: FunctionSpec;
  private readonly log: FunctionLog;
  private readonly worker: Worker;
  private settle: ((outcome: Outcome) => void) | undefined;
  private requestId = '';

  constructor(spec: FunctionSpec, log: FunctionLog, ordinal: number) {
    this.id = `${spec.name}-${ordinal}`;
    this.spec = spec;
    this.log = log;
    const [module = 'index', exportName = 'handler'] = spec.handler.split('.');
    this.worker = new Worker(new URL('./lambda-runtime.mjs', import.meta.url), {
      workerData: {
        file: join(spec.folder, `${module}.mjs`),
        exportName,
        functionName: spec.name,
        functionArn: spec.arn,
        memoryMb: spec.memoryMb,
        clockOffsetMs: spec.clockOffsetMs,
        rights: spec.rights,
      },
      // The SDK names it in every call (`app/…` in the user agent), so that whoever sees the calls can tell the instances apart.
      env: { ...spec.environment, AWS_SDK_UA_APP_ID: this.id },
      // The loader that runs this file has no business in the function.
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: spec.memoryMb },
    });
    for (const input of [this.worker.stdout, this.worker.stderr]) {
      createInterface({ input }).on('line', (line) => log.add(line));
    }
    this.ready = this.untilReady();
    this.worker.on('message', (message: FromWorker) => this.receive(message));
    this.worker.on('error', (error) => this.die({ errorType: 'Runtime.UnhandledError', errorMessage: String(error) }));
    this.worker.on('exit', (code) => this.die({ errorType: 'Runtime.ExitError', errorMessage: `exited with ${code}` }));
  }

  invoke(payload: string): Promise<Outcome> {
    this.requestId = randomUUID();
    this.lastUsedAt = Date.now();
    const { timeoutMs } = this.spec;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.timeOut(), timeoutMs);
      this.settle = (outcome) => {
        clearTimeout(timer);
        this.settle = undefined;
        resolve(outcome);
      };
      this.worker.postMessage({ requestId: this.requestId, payload, deadline: Date.now() + timeoutMs });
    });
  }

  async close(): Promise<void> {
    this.dead = true;
    await this.worker.terminate();
  }

  /** Ends it in the middle of whatever it does, as a crash would; what it was invoked for fails. */
  async kill(): Promise<void> {
    await this.worker.terminate();
  }

  private untilReady(): Promise<void> {
    const ready = new Promise<void>((resolve, reject) => {
      const fail = (reason: string) => {
        this.dead = true;
        void this.worker.terminate();
        reject(new Error(reason));
      };
      const timer = setTimeout(() => fail(`not loaded after ${initMsMax} ms`), initMsMax);
      this.worker.once('message', (message: FromWorker) => {
        clearTimeout(timer);
        if ('ready' in message) resolve();
        else if ('failed' in message) fail((message.failed.trace ?? [message.failed.errorMessage]).join('\n'));
      });
      this.worker.once('error', (error) => fail(String(error)));
      this.worker.once('exit', (code) => {
        clearTimeout(timer);
        fail(`exited with ${code} while loading`);
      });
    });
    // Whoever waits for it hears of it; an instance that nobody waits for yet must not end the process.
    ready.catch(() => {});
    return ready;
  }

  private receive(message: FromWorker): void {
    if (!('requestId' in message) || message.requestId !== this.requestId) return;
    if ('answer' in message) this.settle?.({ kind: 'value', payload: message.answer });
    else this.settle?.({ kind: 'error', payload: JSON.stringify(message.failed) });
  }

  /** Lambda ends the instance, whatever it is doing, and the next event meets a new one. */
  private timeOut(): void {
    const seconds = (this.spec.timeoutMs / 1000).toFixed(2);
    void this.worker.terminate();
    this.die({
      errorType: 'Sandbox.Timedout',
      errorMessage: `RequestId: ${this.requestId} Error: Task timed out after ${seconds} seconds`,
    });
  }

  private die(failure: Failure): void {
    if (!this.dead) this.log.add(JSON.stringify({ level: 'error', message: 'instance ended', ...failure }));
    this.dead = true;
    this.settle?.({ kind: 'error', payload: JSON.stringify(failure) });
  }
}
