/** Ingest behind its HTTP API: the real use case with the real adapters, in instances that throttle, crash and lose their answers. */

import type { Accepted } from '../../functions/contract/event.ts';
import type { SiteConfig } from '../../functions/contract/site.ts';
import { dynamoSaltStore } from '../../functions/identity/salt-store.dynamo.ts';
import { dynamoSecretStore } from '../../functions/identity/secret-store.dynamo.ts';
import { answerOf, type HttpAnswer, unavailableAnswer } from '../../functions/ingest/answer.ts';
import type { Viewer } from '../../functions/ingest/edge.ts';
import { Identifier } from '../../functions/ingest/identify.ts';
import { Ingest } from '../../functions/ingest/ingest.ts';
import { readFlag } from '../../functions/push/watch-flag.dynamo.ts';
import { dynamoSiteStore } from '../../functions/sites/site-store.dynamo.ts';
import { kinesisStreamWriter } from '../../functions/stream/stream-writer.kinesis.ts';
import { dynamoClientOf, dynamoSend, kinesisClientOf } from './aws/clients.ts';
import { origin } from './catalog.ts';
import type { FaultKind } from './faults.ts';
import { type CallFaults, type Fate, Host, type HostParts } from './host.ts';
import type { Mutant } from './mutant.ts';
import { type Services, tables } from './processor.ts';
import { Random } from './random.ts';

/** What comes back of a request, read. */
export interface Answered {
  status: number;
  retryAfterS: number;
  /** The body of a 202. */
  accepted?: Accepted;
}

/** Who ingest took a sender for, and by what. */
export interface Identified {
  load: string;
  visitor: string;
  /** By address, agent and salt; else by the load's sealed token. */
  byHash: boolean;
  address: string;
  userAgent: string;
  zone: string;
  at: number;
}

const callFaults: CallFaults = {
  readFailed: 'ingest-read-failed',
  throttled: 'put-throttled',
  answerLost: 'put-answer-lost',
  doubled: 'put-doubled',
};

export class IngestFleet {
  readonly identified: Identified[] = [];
  /** Batches that were answered 202: `load n`. */
  readonly acknowledged = new Set<string>();
  readonly refused: Record<string, number> = {};
  readonly #idle: IngestInstance[] = [];
  #instances = 0;

  constructor(
    private readonly services: Services,
    private readonly parts: HostParts,
    private readonly mutant: Mutant,
    private readonly seed: number,
  ) {}

  async receive(place: string, body: string, viewer: Viewer): Promise<Answered> {
    const { faults, time } = this.parts;
    if (faults.strikes('gateway-throttled', place)) {
      return { status: 429, retryAfterS: Math.floor(faults.share('gateway-throttled', place) * 4) };
    }
    const instance = this.#idle.pop() ?? this.#newInstance();
    const answer = await new Promise<HttpAnswer>((resolve) => {
      instance.host.begin(place, this.#fateOf(place), () => resolve(unavailableAnswer()));
      const request = { body, isBase64: false, origin, viewer };
      instance.ingest
        .receive(request, time.now())
        .then((outcome) => {
          if (outcome.what === 'rejected') {
            const { code } = outcome.rejection;
            this.refused[code] = (this.refused[code] ?? 0) + 1;
          }
          return answerOf(outcome);
        })
        .catch(unavailableAnswer)
        .then((found) => {
          instance.host.end();
          this.#idle.push(instance);
          resolve(found);
        });
    });
    const { statusCode: status } = answer;
    if (status !== 202) return { status, retryAfterS: Number(answer.headers['retry-after'] ?? 0) };
    const { l, n } = JSON.parse(body) as { l: string; n: number };
    this.acknowledged.add(`${l} ${n}`);
    return { status, retryAfterS: 0, accepted: JSON.parse(answer.body) };
  }

  #fateOf(place: string): Fate {
    for (const [kind, when] of [
      ['ingest-crashed-before-write', 'before'],
      ['ingest-crashed-after-write', 'after'],
    ] as const satisfies [FaultKind, string][]) {
      if (this.parts.faults.would(kind, place)) return { crash: { kind, write: 0, when } };
    }
    return {};
  }

  #newInstance(): IngestInstance {
    const { db, stream } = this.services;
    const host = new Host(this.parts, callFaults);
    const client = dynamoClientOf(dynamoSend(db, host, this.parts.faults));
    const random = new Random(this.seed).fork(`ingest ${this.#instances++}`);
    const bytes = (count: number) => random.bytes(count);
    const sites = { client, table: tables.sites };
    const salts = dynamoSaltStore(sites, bytes);
    const identifier = new Identifier(this.mutant.salts?.(salts) ?? salts, dynamoSecretStore(sites, bytes), bytes);
    const ingest = new Ingest({
      sites: dynamoSiteStore(sites),
      connections: { watchOf: (site, now) => readFlag({ client, table: tables.connections }, site, now) },
      identifier: {
        identify: async (batch, config, viewer, now) => {
          const identity = await identifier.identify(batch, config, viewer, now);
          this.#note(batch.l, config, viewer, now, identity.visitor, identity.token !== undefined);
          return identity;
        },
      },
      stream: kinesisStreamWriter({ client: kinesisClientOf(stream, host), streamName: 'events' }),
      limit: { admit: async () => null },
    });
    return { host, ingest };
  }

  #note(load: string, { zone }: SiteConfig, viewer: Viewer, at: number, visitor: string, byHash: boolean): void {
    const { address, userAgent } = viewer;
    this.identified.push({ load, visitor, byHash, address, userAgent, zone, at });
  }
}

interface IngestInstance {
  host: Host;
  ingest: Ingest;
}
