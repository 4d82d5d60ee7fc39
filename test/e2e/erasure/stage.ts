import type { Browser } from 'playwright-core';
import { expect } from 'vitest';
import { type Batch, kind, navigation } from '../../../functions/contract/event.ts';
import type { SessionRow, SessionsAnswer } from '../../../functions/contract/session-answer.ts';
import { hourMs, localDay } from '../../../functions/contract/time-unit.ts';
import { dynamoVisitorStore } from '../../../functions/store/visitor-store.dynamo.ts';
import { auditDay } from '../../../localstack/audit/audit-day.ts';
import {
  auditPorts,
  epochInUse,
  type LocalClients,
  localClients,
} from '../../../localstack/audit/local-ports.dynamo.ts';
import { readStackNames } from '../../../localstack/stack-names.ts';
import { newBatch, postBatch, wireButton, wirePage } from '../batch.ts';
import { allKept, type Kept } from '../privacy/find-traces.ts';
import { builtAssembly, type Product, personAgent, startBrowser, startProduct } from '../product.ts';
import { type Person, person, untilLive } from '../sign-in/person.ts';

/** Longer than an erasure waits (49 h), and than a day and the 48 h after it for which its salt is kept. */
const agoMs = 75 * hourMs;

/** What a visitor does here, once. */
const visit: Partial<Batch> = {
  p: [wirePage('/')],
  e: [wireButton],
  x: [
    [kind.view, 0, 0, navigation.load],
    [kind.click, 0, 0, 2_000, 2_000, 0],
    [kind.custom, 0, 0, 'signed up', { plan: 'pair' }],
  ],
};

/** The product as it was three days ago, by the functions' clock, and then, on the same data, as it is now. */
export class ErasureStage {
  /** The local owner's. */
  owner!: Person;
  readonly names = readStackNames(builtAssembly);
  #offsetMs = -agoMs;
  #bearer = '';

  private constructor(
    readonly product: Product,
    private readonly browser: Browser,
  ) {}

  static async open(): Promise<ErasureStage> {
    const [product, browser] = await Promise.all([startProduct({}, builtAssembly, -agoMs), startBrowser()]);
    const stage = new ErasureStage(product, browser);
    await stage.#signIn();
    return stage;
  }

  async threeDaysPass(): Promise<void> {
    await this.owner.context.close();
    this.#offsetMs = 0;
    await this.product.restart();
    await this.#signIn();
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.product.close();
  }

  /** By the functions' clock, ms since the epoch. */
  now(): number {
    return Date.now() + this.#offsetMs;
  }

  /** The demo site's, three days ago. */
  readonly day = localDay(Date.now() - agoMs, Intl.DateTimeFormat().resolvedOptions().timeZone);

  /** As the dashboard asks for the owner. */
  async asOwner<T>(method: string, path: string, body?: object): Promise<{ status: number; json: T }> {
    const response = await fetch(`${this.product.urls.apiUrl}${path}`, {
      method,
      headers: { authorization: this.#bearer, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, json: (await response.json()) as T };
  }

  /** A visit of whoever has such an agent. */
  visit(agent: number, changes: Partial<Batch> = {}): Promise<Response> {
    const { origin } = new URL(this.product.urls.demoUrl);
    const headers = { 'user-agent': personAgent(agent), origin };
    return postBatch(this.product.urls.apiUrl, newBatch({ o: origin, ...visit, ...changes }), headers);
  }

  /** In place of its schedule, as `aws lambda invoke` would. */
  async run(fn: string): Promise<void> {
    const url = `${this.product.urls.awsEndpoint}/2015-03-31/functions/${fn}/invocations`;
    const response = await fetch(url, { method: 'POST' });
    expect([fn, response.status, response.headers.get('x-amz-function-error')]).toEqual([fn, 200, null]);
  }

  async withClients<T>(work: (clients: LocalClients) => Promise<T>): Promise<T> {
    const clients = localClients(this.product.urls.awsEndpoint);
    try {
      return await work(clients);
    } finally {
      clients.close();
    }
  }

  ownerOf(load: string): Promise<string | null> {
    return this.withClients(({ dynamo }) => {
      const table = { client: dynamo, table: this.names.visitorsTable };
      return dynamoVisitorStore(table, this.names.epoch).ownerOf('demo', load);
    });
  }

  /** `npm run audit` of the day. */
  audit(): ReturnType<typeof auditDay> {
    return this.withClients(async (clients) => {
      const epoch = await epochInUse(clients, this.names);
      const ports = auditPorts(clients, this.names, () => undefined, epoch);
      return auditDay(epoch, 'demo', this.day, { ...ports, clock: () => this.now() });
    });
  }

  /** What the demo site's counters say of the day. */
  async counted(): Promise<unknown[]> {
    const range = `from=${this.day}&to=${this.day}`;
    const asked = ['series?unit=day&', 'pages?', 'breakdown?dimension=event&', 'elements?path=/&'];
    const answers = asked.map((path) => this.product.ask<{ points?: unknown; rows?: unknown }>(path + range));
    return (await Promise.all(answers)).map(({ points, rows }) => points ?? rows);
  }

  /** The sessions of the day. */
  async sessions(): Promise<SessionRow[]> {
    return (await this.product.ask<SessionsAnswer>(`sessions?from=${this.day}&to=${this.day}`)).rows;
  }

  /** All that is kept but LevelDB's own files: what is deleted goes from them when it likes, as it does from DynamoDB's disks. */
  async kept(): Promise<Kept[]> {
    return (await allKept(this.product)).filter(({ where }) => !/^file data[\\/](dynamodb|kinesis)/.test(where));
  }

  async #signIn(): Promise<void> {
    this.owner = await person(this.browser, this.product, '#/live');
    const asked = await this.owner.page.waitForRequest((request) => request.url().includes('/v1/sites'));
    this.#bearer = (await asked.allHeaders()).authorization ?? '';
    await untilLive(this.owner.page);
  }
}
