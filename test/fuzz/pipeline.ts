/**
 * The way of a body through the product, with everything in memory: ingest, the stream's bytes and back, names, fold, and the
 * messages that dashboards get. Throws a `Broken` where it does what it never may.
 */

import { isDeepStrictEqual } from 'node:util';
import { type Folded, fold } from '../../functions/aggregate/fold.ts';
import { namesNeeded } from '../../functions/aggregate/names-needed.ts';
import {
  emptyVisitorState,
  loadsHeldMax,
  stateBytesMax,
  type VisitorState,
} from '../../functions/aggregate/visitor-state.ts';
import { formatVisitorState, parseVisitorState } from '../../functions/aggregate/visitor-state-text.ts';
import type { AdmissionScope, ElementFacts } from '../../functions/contract/admission.ts';
import { countersPerUpdateMax, type Totals } from '../../functions/contract/counter.ts';
import { funnelStepsMax, funnelsMax, type Target } from '../../functions/contract/goal.ts';
import { messageBytesMax } from '../../functions/contract/live.ts';
import { nameId } from '../../functions/contract/name-id.ts';
import { isTick, type StreamRecord } from '../../functions/contract/record.ts';
import { defaultPathRules, type SiteConfig } from '../../functions/contract/site.ts';
import { memorySaltStore } from '../../functions/identity/salt-store.memory.ts';
import { memorySecretStore } from '../../functions/identity/secret-store.memory.ts';
import { answerOf } from '../../functions/ingest/answer.ts';
import { Identifier } from '../../functions/ingest/identify.ts';
import { Ingest } from '../../functions/ingest/ingest.ts';
import { rejectionStatus } from '../../functions/ingest/rejection.ts';
import { AdmissionCache } from '../../functions/process/admission-cache.ts';
import { totalsMessages } from '../../functions/push/messages.ts';
import { memoryAdmissionStore } from '../../functions/store/admission-store.memory.ts';
import { decodeRecord } from '../../functions/stream/record.ts';
import { memoryStreamWriter } from '../../functions/stream/stream-writer.memory.ts';
import { readServerMessage } from '../../web/live/server-message.ts';
import { siteOrigin, writeKey } from './batch-arbitrary.ts';
import { Broken } from './broken.ts';
import { checkKey } from './strict-keys.ts';
import type { Sent, Visit } from './visit.ts';

const epoch = '1';
const startsAt = Date.parse('2026-11-23T13:20:00Z');
const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36';
const viewer = { address: '203.0.113.7', userAgent: chrome, country: 'CH' };
const random = (byteCount: number) => new Uint8Array(byteCount).fill(7);
/** The names of attributes that are keys, texts or guards (`g_` and a lane, which has no upper case). */
const notACounter = /^(=|g_[0-9a-z]+_[0-9a-z]+$|pk$|sk$|ttl$)/;

/** One visit: a site, and all that is remembered between its bodies. */
/** Whatever is sent reaches a goal and takes a session on in as many funnels as there may be. */
const anything: Target[] = [
  { what: 'page', match: '/*' },
  { what: 'outbound', match: '*' },
  { what: 'download', match: '*' },
];
const everythingReached = {
  goals: anything.map((target, index) => ({ name: `${index}`, ...target })),
  funnels: Array.from({ length: funnelsMax }, (_, one) => ({
    name: `${one}`,
    steps: Array.from(
      { length: funnelStepsMax },
      (_, step) => anything[(step >> (one % 4)) % 3] ?? anything[0],
    ) as Target[],
  })),
};

export class Pipeline {
  readonly #config: SiteConfig;
  readonly #stream = memoryStreamWriter();
  readonly #ingest: Ingest;
  readonly #admissions: AdmissionCache;
  readonly #states = new Map<string, VisitorState>();
  readonly #retired = new Map<string, string>();
  #now = startsAt;

  constructor({ zone, admitted }: Pick<Visit, 'zone' | 'admitted'>) {
    const origins = [siteOrigin];
    const [name, version, watchedRequestsPerSecondMax] = ['Fuzz', 1, 50];
    this.#config = {
      site: 'demo',
      version,
      name,
      zone,
      origins,
      pathRules: defaultPathRules,
      watchedRequestsPerSecondMax,
      ...everythingReached,
    };
    this.#ingest = new Ingest({
      sites: {
        byWriteKey: async (key) => (checkKey(`write-key|${key}`) === `write-key|${writeKey}` ? this.#config : null),
      },
      connections: { watchOf: async () => ({ watched: false, everyMs: 1_000 }) },
      identifier: new Identifier(memorySaltStore(random), memorySecretStore(random), random),
      stream: this.#stream,
      limit: { admit: async () => null },
    });
    const store = memoryAdmissionStore();
    this.#admissions = new AdmissionCache({
      admit: async (scope: AdmissionScope, name: string, element?: ElementFacts) => {
        const isIn = admitted === 'all' || (admitted === 'half' && nameId(name).charCodeAt(0) % 2 === 0);
        return isIn ? store.admit(scope, name, element) : null;
      },
    });
  }

  /** The code of the answer: `accepted`, or why not. @throws Broken, and whatever the product throws. */
  async send(sent: Omit<Sent, 'damage'>): Promise<string> {
    this.#now += sent.afterMs;
    const before = this.#stream.written.length;
    const { body, isBase64, header: origin } = sent;
    const answer = answerOf(await this.#ingest.receive({ body, isBase64, origin, viewer }, this.#now));
    const written = this.#stream.written.slice(before);
    if (answer.statusCode === 202) {
      const [record] = written;
      if (written.length !== 1 || !record) throw new Broken(`an accepted body put ${written.length} records`);
      await this.process(record.data);
      return 'accepted';
    }
    if (written.length > 0) throw new Broken('a refused body was put on the stream');
    return refusalOf(answer.statusCode, answer.body);
  }

  /** Bytes as they stand on the stream. @throws Broken when they are no record, for ingest wrote them. */
  async process(data: Uint8Array): Promise<void> {
    const decoded = decodeRecord(data);
    if (!decoded.ok) throw new Broken(`ingest put what does not decode: ${decoded.code}, ${decoded.message}`);
    if (!isTick(decoded.record)) await this.#count(decoded.record);
  }

  /** The newest record once more, with its bytes changed: anything may stand on a stream. The fault's code, or `record`. */
  async processDamaged(damage: (record: Uint8Array) => Uint8Array): Promise<string> {
    const newest = this.#stream.written.at(-1);
    if (!newest) return 'none';
    const decoded = decodeRecord(damage(newest.data));
    if (!decoded.ok) return decoded.code;
    if (!isTick(decoded.record)) await this.#count(decoded.record);
    return 'record';
  }

  async #count(record: StreamRecord): Promise<void> {
    const needed = namesNeeded(record, this.#config, epoch);
    const admissions = await this.#admissions.admit(needed);
    const state = this.#states.get(record.visitor) ?? emptyVisitorState();
    const retired = this.#retired.get(record.load) ?? null;
    const context = { config: this.#config, admissions, epoch, retired };
    const folded = fold(state, record, context);
    checkFolded(folded);
    checkState(folded.state);
    const again = fold(folded.state, record, context);
    if (!again.isRepeat || again.increments.length > 0) throw new Broken('the same record counted twice');
    this.#states.set(record.visitor, folded.state);
    for (const { load, text } of folded.retired) this.#retired.set(load, text);
    checkMessages(folded, record.receivedAt);
  }
}

function refusalOf(status: number, body: string): string {
  const { error } = JSON.parse(body) as { error: { code: string; message: string } };
  const expected = (rejectionStatus as Record<string, number>)[error.code];
  if (expected === undefined) throw new Broken(`the refusal "${error.code}" is not in the list`);
  if (expected !== status || status < 400 || status > 499) throw new Broken(`${error.code} was answered ${status}`);
  // It is repeated to whoever sent it: never long, whatever was sent.
  if (error.message.length > 400)
    throw new Broken(`the message of ${error.code} has ${error.message.length} characters`);
  return error.code;
}

function checkFolded({ increments }: Folded): void {
  for (const { key, counters, texts } of increments) {
    const names = Object.keys(counters);
    if (names.length + Object.keys(texts).length > countersPerUpdateMax) throw new Broken(`${key.pk} gets too much`);
    if (/[\n\r]/.test(key.pk + key.sk)) throw new Broken(`the key ${JSON.stringify(key)} has a line break`);
    for (const text of [key.pk, key.sk, ...names, ...Object.values(texts)]) {
      if (!isWellFormed(text)) throw new Broken(`${key.pk} ${key.sk} gets half a character`);
    }
    for (const name of names) {
      const amount = counters[name];
      if (!Number.isSafeInteger(amount) || Number(amount) <= 0)
        throw new Broken(`${key.pk} ${name} grows by ${amount}`);
      if (name === '' || notACounter.test(name)) throw new Broken(`"${name}" is no name of a counter`);
    }
  }
}

/** DynamoDB would give it back as something else: another name. */
function isWellFormed(text: string): boolean {
  return Buffer.from(text).toString() === text;
}

function checkState(state: VisitorState): void {
  const text = formatVisitorState(state);
  const bytes = Buffer.byteLength(text);
  if (bytes > stateBytesMax) throw new Broken(`a state has ${bytes} bytes`);
  if (state.loads.length > loadsHeldMax) throw new Broken(`a state holds ${state.loads.length} loads`);
  if (!isDeepStrictEqual(parseVisitorState(text), state)) throw new Broken('a state is not read as it was written');
}

function checkMessages({ increments, feed }: Folded, asOf: number): void {
  const totals: Totals[] = increments;
  for (const message of totalsMessages({ epoch, asOf }, totals, feed)) {
    if (Buffer.byteLength(message) > messageBytesMax) throw new Broken('a message is too large');
    if (readServerMessage(message).type !== 'totals') throw new Broken('a dashboard cannot read what is pushed');
  }
}
