import type { FunctionLog } from './function-log.ts';
import { type FunctionSpec, LambdaInstance, type Outcome } from './lambda-instance.ts';

interface Waiting {
  payload: string;
  done(outcome: Outcome): void;
}

/** Beyond this many waiting events the function is throttled. */
const waitingMax = 1_000;
const idleMsMax = 5 * 60_000;

/** The instances of one function. An event goes to a free one, or waits for the first to be free. */
export class LambdaPool {
  readonly spec: FunctionSpec;
  readonly log: FunctionLog;
  private readonly free: LambdaInstance[] = [];
  private readonly waiting: Waiting[] = [];
  private readonly instances = new Set<LambdaInstance>();
  private started = 0;
  private starting = false;
  private closed = false;

  /** @param measured is told how each invocation ended, and how long it took. */
  constructor(
    spec: FunctionSpec,
    log: FunctionLog,
    private readonly measured?: (outcome: Outcome['kind'], ms: number) => void,
  ) {
    this.spec = spec;
    this.log = log;
  }

  invoke(payload: string): Promise<Outcome> {
    if (this.closed || this.waiting.length >= waitingMax) {
      this.measured?.('throttled', 0);
      return Promise.resolve({ kind: 'throttled' });
    }
    return new Promise((done) => {
      this.waiting.push({ payload, done });
      this.dispatch();
    });
  }

  /** Starts the first instance before it is needed. */
  warm(): void {
    if (this.instances.size === 0 && !this.closed) this.start();
  }

  /** Ends instances that have had nothing to do for a while; the last one stays. */
  endIdle(now: number): void {
    while (this.instances.size > 1) {
      const oldest = this.free[0];
      if (!oldest || now - oldest.lastUsedAt < idleMsMax) return;
      this.free.shift();
      this.instances.delete(oldest);
      void oldest.close();
    }
  }

  /** False when it has no such instance (any more). */
  async kill(id: string): Promise<boolean> {
    const instance = [...this.instances].find((one) => one.id === id && !one.dead);
    await instance?.kill();
    return instance !== undefined;
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const { done } of this.waiting.splice(0)) done({ kind: 'throttled' });
    await Promise.all([...this.instances].map((instance) => instance.close()));
    await this.log.close();
  }

  private dispatch(): void {
    while (this.waiting.length > 0) {
      const instance = this.free.pop();
      if (!instance) break;
      if (instance.dead) {
        this.instances.delete(instance);
        continue;
      }
      const next = this.waiting.shift();
      if (next) void this.run(instance, next);
    }
    // AWS starts instances side by side. Here they share a few cores: one cold start at a time leaves the warm ones their share.
    if (this.waiting.length > 0 && !this.starting && this.instances.size < this.spec.instancesMax) this.start();
  }

  private async run(instance: LambdaInstance, { payload, done }: Waiting): Promise<void> {
    const startedAt = Date.now();
    const outcome = await instance.invoke(payload);
    this.measured?.(outcome.kind, Date.now() - startedAt);
    if (instance.dead) this.instances.delete(instance);
    else this.free.push(instance);
    done(outcome);
    this.dispatch();
  }

  private start(): void {
    this.starting = true;
    this.started += 1;
    const instance = new LambdaInstance(this.spec, this.log, this.started);
    this.instances.add(instance);
    const startedAt = Date.now();
    instance.ready.then(
      () => {
        this.log.add(JSON.stringify({ level: 'info', message: 'INIT_START', coldStartMs: Date.now() - startedAt }));
        this.starting = false;
        this.free.push(instance);
        this.dispatch();
      },
      (error: Error) => {
        this.starting = false;
        this.instances.delete(instance);
        if (this.closed) return;
        this.log.add(JSON.stringify({ level: 'error', message: 'INIT_ERROR', error: error.message }));
        const failure = { errorType: 'Runtime.InitError', errorMessage: error.message };
        this.measured?.('error', 0);
        this.waiting.shift()?.done({ kind: 'error', payload: JSON.stringify(failure) });
        this.dispatch();
      },
    );
  }
}
