import type { Accepted } from '../contract/event.ts';
import { originAllowed } from '../contract/origin.ts';
import { configAt, type SiteConfig } from '../contract/site.ts';
import { everyMsMin, type Watch } from '../contract/watch.ts';
import { log } from '../log.ts';
import type { ConnectionStore } from '../push/connection-store.ts';
import type { SiteStore } from '../sites/site-store.ts';
import { batchName } from '../stream/batch-name.ts';
import { describeValue } from '../stream/bounded.ts';
import type { StreamWriter } from '../stream/stream-writer.ts';
import type { BotCode } from './bot.ts';
import { decode } from './decode.ts';
import type { Viewer } from './edge.ts';
import { enrich } from './enrich.ts';
import type { Identifier } from './identify.ts';
import type { KeyLimit } from './key-limit.ts';
import { isOwnAddress, withoutLeftOut } from './left-out.ts';
import { type Rejection, rejection } from './rejection.ts';
import { senderOrigin } from './sender-origin.ts';
import { TtlCache } from './ttl-cache.ts';
import { agentFacts } from './user-agent.ts';

export interface IngestRequest {
  body: string | undefined;
  isBase64: boolean;
  /** The `Origin` header. */
  origin: string | undefined;
  viewer: Viewer;
}

interface Taken {
  site: string;
  answer: Accepted;
  origin: string;
  eventCount: number;
  /** See `batchName`. */
  batch: string;
}

export type IngestOutcome =
  /** `left-out`: nothing of it counts, by the site's own settings. It is told what everybody is told. */
  | ({ what: 'accepted' | 'left-out' } & Taken)
  | ({ what: 'bot'; code: BotCode } & Taken)
  | {
      what: 'rejected';
      rejection: Rejection;
      /** Absent where it was refused before its site could be told. */
      site?: string;
      /** Of a 429: when to come again. */
      retryAfterS?: number;
    };

export interface IngestPorts {
  sites: Pick<SiteStore, 'byWriteKey'>;
  connections: Pick<ConnectionStore, 'watchOf'>;
  identifier: Pick<Identifier, 'identify'>;
  stream: Pick<StreamWriter, 'put'>;
  limit: Pick<KeyLimit, 'admit'>;
}

/** An edit of a site, or the first look at it, reaches its pages this late. */
const configKeptMs = 5_000;
const watchKeptMs = 1_000;
const keysMax = 1_000;
const unwatched: Watch = { watched: false, everyMs: everyMsMin };

/** From a request to one record on the stream: decode, check key and origin, drop bots, identify, enrich, put. */
export class Ingest {
  /** Unknown keys are remembered as well: a stranger's key must not cost a read each time. */
  readonly #configs = new TtlCache<SiteConfig | null>(keysMax, configKeptMs);
  readonly #watches = new TtlCache<Watch>(keysMax, watchKeptMs);

  constructor(private readonly ports: IngestPorts) {}

  /**
   * @param now ms since the epoch: the time of receipt.
   * @throws what a store or the stream throws: then nothing was accepted, or the record may be there already and the sender's
   * retry repeats it under the same load and number.
   */
  async receive(request: IngestRequest, now: number): Promise<IngestOutcome> {
    const decoded = decode(request.body, request.isBase64);
    if (!decoded.ok) return { what: 'rejected', rejection: decoded };
    const { batch } = decoded;
    const stored = await this.#configs.through(batch.k, now, () => this.ports.sites.byWriteKey(batch.k));
    if (!stored) {
      return {
        what: 'rejected',
        rejection: rejection('unknown-key', `no site has the write key ${describeValue(batch.k)}`),
      };
    }
    const config = configAt(stored, now);
    const origin = senderOrigin(request.origin, batch.o);
    if (!originAllowed(origin, config.origins)) {
      const message = `pages of ${describeValue(origin)} may not send to this site`;
      return { what: 'rejected', rejection: rejection('foreign-origin', message), site: config.site };
    }
    const agent = agentFacts(request.viewer.userAgent);
    const told = { site: config.site, origin, eventCount: batch.x.length, batch: batchName(batch.l, batch.n) };
    // A bot is told what everybody is told: there is nothing to learn from the answer, and no reason to try again.
    if (agent.bot) return { what: 'bot', answer: { ...unwatched }, ...told, code: agent.bot };
    if (isOwnAddress(request.viewer.address, stored)) return { what: 'left-out', answer: { ...unwatched }, ...told };
    // Last of all: strangers' requests and bots', which cost no write, leave the site's budget alone.
    const retryAfterS = await this.ports.limit.admit(batch.k, batch.l, now);
    if (retryAfterS !== null) return tooMany(config.site, retryAfterS);
    const { visitor, token } = await this.ports.identifier.identify(batch, config, request.viewer, now);
    const { browser, os } = agent;
    const facts = { visitor, origin, country: request.viewer.country, browser, os, receivedAt: now };
    const record = withoutLeftOut(enrich(batch, config, facts), config);
    const [watch] = await Promise.all([this.#watchOf(config.site, now), record && this.ports.stream.put(record)]);
    const answer: Accepted = { watched: watch.watched, everyMs: watch.everyMs, ...(token && { token }) };
    return { what: record ? 'accepted' : 'left-out', answer, ...told };
  }

  /** Whether somebody looks only sets the pace: when it can't be read, the batch is none the worse for it. */
  async #watchOf(site: string, now: number): Promise<Watch> {
    try {
      return await this.#watches.through(site, now, () => this.ports.connections.watchOf(site, now));
    } catch (error) {
      log.error('the watch flag could not be read: answering as if nobody looks', error, { site });
      return unwatched;
    }
  }
}

function tooMany(site: string, retryAfterS: number): IngestOutcome {
  const message = `this write key sends more requests than it may: send it again in ${retryAfterS} s`;
  return { what: 'rejected', rejection: rejection('too-many-requests', message), site, retryAfterS };
}
