import type { FunctionLog } from './function-log.ts';
import { type FunctionSpec, LambdaInstance, type Outcome } from './lambda-instance.ts';

interface Waiting {
  payload: string;
  /** ms since the epoch. */
  since: number;
  done(outcome: Outcome): void;
}

/** Beyond this many waiting events the function is throttled. */
const waitingMax = 1_000;
const idleMsMax = 5 * 60_000;
/**
 * AWS starts an instance for each event that meets none that is free, on a machine of its own. Here it takes a few hundred ms of the
 * few cores that all share: an event waits for so long before another instance is started for it.
 */
const patienceMs = 50;

/** The instances of one function. An event goes to a free one, or waits for the first to be free. */
export class LambdaPool {
  readonly spec: FunctionSpec;
  readonly log: FunctionLog;
  private readonly free: LambdaInstance[] = [];
  private readonly waiting: Waiting[] = [];
  private readonly instances = new Set<LambdaInstance>();
  private started = 0;
  private starting = false;
  private patience: NodeJS.Timeout | undefined;
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
      this.waiting.push({ payload, since: Date.now(), done });
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
    clearTimeout(this.patience);
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
    this.startForOldest();
  }

  /** One cold start at a time leaves the warm instances their share. */
  private startForOldest(): void {
    clearTimeout(this.patience);
    const [oldest] = this.waiting;
    if (!oldest || this.starting || this.instances.size >= this.spec.instancesMax) return;
    const left = this.instances.size === 0 ? 0 : oldest.since + patienceMs - Date.now();
    if (left <= 0) this.start();
    else this.patience = setTimeout(() => this.startForOldest(), left);
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
