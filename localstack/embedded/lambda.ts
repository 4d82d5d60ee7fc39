import { join } from 'node:path';
import { FunctionLog } from './function-log.ts';
import type { FunctionSpec, Outcome } from './lambda-instance.ts';
import { LambdaPool } from './lambda-pool.ts';
import type { Measure } from './monitoring.ts';
import { attributeOf, nameInArn, region } from './resource-identity.ts';
import { rightsOf } from './rights.ts';
import type { Resource, Template } from './template.ts';

export interface Lambda {
  /** @throws Error when there is no such function. `name` may be an ARN. */
  invoke(name: string, payload: string): Promise<Outcome>;
  /** Asynchronous invocation: tried three times in all. @throws Error when there is no such function. */
  send(name: string, payload: string): void;
  has(name: string): boolean;
  arnOf(name: string): string;
  warm(name: string): void;
  /** Ends one instance, such as `process-3`, in the middle of what it does. False when there is none of this name. */
  kill(instance: string): Promise<boolean>;
  /** The last lines that a function wrote, oldest first. */
  logOf(name: string): readonly string[];
  names(): string[];
  close(): Promise<void>;
}

export interface LambdaOptions {
  logFolder: string;
  /** What every function gets beside its own environment: endpoints and the like. */
  environment: Record<string, string>;
  measure?: Pick<Measure, 'line' | 'invocation'>;
  /** Of the functions' clock against this machine's, ms. */
  clockOffsetMs?: number;
  /** Between the tries of an asynchronous invocation. AWS waits one minute, then two. */
  retryDelaysMs?: number[];
}

/** Instances of one function at once, where the template reserves no number. */
export const instancesMax = 8;

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html, sped up. */
const retryDelaysMs = [1_000, 2_000];

export function startLambda(template: Template, options: LambdaOptions): Lambda {
  const pools = new Map<string, LambdaPool>();
  for (const resource of template.ofType('AWS::Lambda::Function')) {
    const spec = specOf(resource, template, options);
    const { name } = spec;
    const log = new FunctionLog(join(options.logFolder, `${name}.log`), (line) => options.measure?.line(name, line));
    const measured = (outcome: Outcome['kind'], ms: number) => options.measure?.invocation(name, outcome, ms);
    pools.set(name, new LambdaPool(spec, log, measured));
  }
  const poolOf = (name: string): LambdaPool => {
    const pool = pools.get(nameInArn(name));
    if (!pool) throw new Error(`the template has no function ${name}`);
    return pool;
  };
  const delays = options.retryDelaysMs ?? retryDelaysMs;
  const reaper = setInterval(() => {
    for (const pool of pools.values()) pool.endIdle(Date.now());
  }, 60_000).unref();
  const background = new AbortController();
  return {
    invoke: (name, payload) => poolOf(name).invoke(payload),
    send: (name, payload) => void invokeWithRetries(poolOf(name), payload, delays, background.signal),
    has: (name) => pools.has(nameInArn(name)),
    arnOf: (name) => poolOf(name).spec.arn,
    warm: (name) => poolOf(name).warm(),
    kill: async (instance) =>
      (await Promise.all([...pools.values()].map((pool) => pool.kill(instance)))).some((killed) => killed),
    logOf: (name) => poolOf(name).log.recent(),
    names: () => [...pools.keys()],
    async close() {
      clearInterval(reaper);
      background.abort();
      await Promise.all([...pools.values()].map((pool) => pool.close()));
    },
  };
}

async function invokeWithRetries(
  pool: LambdaPool,
  payload: string,
  delays: number[],
  stop: AbortSignal,
): Promise<void> {
  for (const delay of [...delays, undefined]) {
    const outcome = await pool.invoke(payload);
    if (outcome.kind === 'value' || stop.aborted) return;
    if (delay === undefined) break;
    await new Promise((resolve) => setTimeout(resolve, delay).unref());
  }
  if (!stop.aborted) pool.log.add(JSON.stringify({ level: 'error', message: 'asynchronous event discarded', payload }));
}

function specOf(
  { name, properties, id }: Resource,
  template: Template,
  { environment: given, clockOffsetMs = 0 }: LambdaOptions,
): FunctionSpec {
  if (!properties.text('Runtime', '').startsWith('nodejs')) throw new Error(`${id}: only Node functions are run here`);
  const variables = properties.fields('Environment').fields('Variables');
  const timeoutMs = properties.number('Timeout', 3) * 1000;
  const memoryMb = properties.number('MemorySize', 128);
  const folder = template.assetFolder(properties.fields('Code').text('S3Key'));
  return {
    name,
    arn: attributeOf('AWS::Lambda::Function', name, 'Arn'),
    folder,
    handler: properties.text('Handler'),
    timeoutMs,
    memoryMb,
    clockOffsetMs,
    rights: rightsOf(properties, template),
    instancesMax: Math.max(1, properties.number('ReservedConcurrentExecutions', instancesMax)),
    environment: {
      ...given,
      ...runtimeEnvironment(name, memoryMb, folder),
      ...Object.fromEntries(variables.names().map((key) => [key, variables.text(key)])),
    },
  };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
function runtimeEnvironment(name: string, memoryMb: number, folder: string): Record<string, string> {
  return {
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    LAMBDA_TASK_ROOT: folder,
    TZ: ':UTC',
    // The files of the developer's own account: no function may find them by chance.
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    // The runtime that the stack names is newer than the Node that stands in for it.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}
