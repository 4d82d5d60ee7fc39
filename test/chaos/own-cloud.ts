import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Cloud, CloudOptions, RoutedService } from '../../localstack/embedded/cloud.ts';
import type { ChildOptions, News, Order } from './cloud-process.ts';
import { type Faults, startGate } from './gate.ts';

/** An embedded cloud of one's own: every way to it and within it goes through a gate. */
export interface OwnCloud {
  /** Past the gates: to look at what is there. */
  direct: Cloud['urls'];
  /** Where visitors and dashboards go: the same address before and after a crash. */
  frontUrl: string;
  site: string;
  writeKey: string;
  /** Every process is killed at one instant, as by a power cut, and all is started again on what is on the disk. */
  crash(): Promise<void>;
  close(): Promise<void>;
}

type Running = Pick<Cloud, 'urls' | 'site' | 'writeKey'> & { child: ChildProcess; services: string[] };

export async function startOwnCloud(options: Omit<CloudOptions, 'route' | 'ports'>, plan: Faults): Promise<OwnCloud> {
  let running: Running | undefined;
  const kill = (instance: string) => (running ? killInstance(running.child, instance) : Promise.resolve(false));
  const gate = () => startGate({ plan, kill });
  const [front, kinesis, dynamodb, aws] = await Promise.all([gate(), gate(), gate(), gate()]);
  const gates = { kinesis, dynamodb, aws };

  async function start(): Promise<Running> {
    const addresses = { kinesis: kinesis.url, dynamodb: dynamodb.url, aws: aws.url };
    const child = { ...options, ports: { front: 0, demo: 0, aws: 0 }, gates: addresses };
    const started = await startChild(child, (service, url) => gates[service].lead(url));
    front.lead(started.urls.apiUrl.replace('localhost', '127.0.0.1'));
    return started;
  }
  running = await start();
  const { site, writeKey } = running;
  return {
    site,
    writeKey,
    frontUrl: front.url,
    get direct() {
      if (!running) throw new Error('the cloud is down');
      return running.urls;
    },
    async crash() {
      const crashed = running;
      running = undefined;
      if (!crashed) return;
      const { pid } = crashed.child;
      if (pid === undefined || hasEnded(crashed.child)) throw new Error('the embedded cloud has ended by itself');
      const ended = once(crashed.child, 'exit');
      // The whole group, which was made for the purpose: emulators and all.
      process.kill(-pid, 'SIGKILL');
      for (const gate of [front, kinesis, dynamodb, aws]) gate.lead(null);
      await ended;
      // Nobody tells of the ends of a dead parent's children; until then they hold their data's locks.
      await Promise.all(crashed.services.map(untilRefused));
      running = await start();
    },
    async close() {
      if (running && !hasEnded(running.child)) {
        const ended = once(running.child, 'exit');
        running.child.send({ close: true } satisfies Order);
        await ended;
      }
      await Promise.all([front, kinesis, dynamodb, aws].map((gate) => gate.close()));
    },
  };
}

/** @throws Error with the last that it wrote, when it ends before it has started. */
function startChild(options: ChildOptions, routed: (service: RoutedService, url: string) => void): Promise<Running> {
  const child = fork(fileURLToPath(new URL('./cloud-process.ts', import.meta.url)), [JSON.stringify(options)], {
    execArgv: ['--import', 'tsx'],
    // A process group of its own, so that one signal reaches it and all of its children.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let written = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      written = (written + chunk.toString('utf8')).slice(-4_000);
    });
  }
  const services: string[] = [];
  return new Promise((resolve, reject) => {
    child.on('message', (news: News) => {
      if ('service' in news) {
        services.push(news.url);
        routed(news.service, news.url);
      } else if ('started' in news) resolve({ ...news.started, child, services });
    });
    child.once('exit', (code) => reject(new Error(`the embedded cloud ended with ${code}: ${written}`)));
    child.once('error', reject);
  });
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

function killInstance(child: ChildProcess, instance: string): Promise<boolean> {
  return new Promise((resolve) => {
    const answered = (news: News) => {
      if ('killed' in news && news.killed === instance) settle(news.was);
    };
    const gone = () => settle(false);
    const settle = (was: boolean) => {
      child.off('message', answered).off('exit', gone);
      resolve(was);
    };
    child.on('message', answered).on('exit', gone);
    if (!child.connected) return gone();
    child.send({ kill: instance } satisfies Order, (error) => (error ? gone() : undefined));
  });
}

async function untilRefused(url: string): Promise<void> {
  const { hostname, port } = new URL(url);
  for (;;) {
    const refused = await new Promise<boolean>((resolve) => {
      const socket = connect(Number(port), hostname);
      socket.on('error', () => resolve(true));
      socket.on('connect', () => {
        socket.destroy();
        resolve(false);
      });
    });
    if (refused) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
