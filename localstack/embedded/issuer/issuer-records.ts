import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Adapter, AdapterPayload } from 'oidc-provider';

/** A laptop's sign-ins are a handful; what is over the bound goes oldest first. */
const recordsMax = 1_000;
/** Changes of one sign-in come together and are written once. */
const writeAfterMs = 200;

interface Stored {
  payload: AdapterPayload;
  /** Instant, ms since the epoch; null: never. */
  endsAt: number | null;
}

/** What the issuer remembers (sessions, grants, refresh tokens), in one file, so that a restart signs nobody out. */
export class IssuerRecords {
  private readonly file: string;
  private readonly stored: Map<string, Stored>;
  private timer: NodeJS.Timeout | undefined;

  constructor(file: string) {
    this.file = file;
    this.stored = new Map(Object.entries(readRecords(file)));
  }

  /** The library's door to the records of one model. */
  adapter(model: string): Adapter {
    const keyOf = (id: string) => `${model}:${id}`;
    const destroy = (key: string) => {
      this.stored.delete(key);
      this.changed();
    };
    return {
      upsert: async (id, payload, expiresInS) => {
        const key = keyOf(id);
        this.stored.delete(key);
        this.stored.set(key, { payload, endsAt: expiresInS ? Date.now() + expiresInS * 1_000 : null });
        this.changed();
      },
      find: async (id) => this.find(keyOf(id)),
      findByUid: async (uid) => this.findWhere(`${model}:`, (payload) => payload.uid === uid),
      findByUserCode: async (code) => this.findWhere(`${model}:`, (payload) => payload.userCode === code),
      consume: async (id) => {
        const payload = this.find(keyOf(id));
        if (payload) payload.consumed = Math.floor(Date.now() / 1_000);
        this.changed();
      },
      destroy: async (id) => destroy(keyOf(id)),
      revokeByGrantId: async (grantId) => {
        for (const [key, { payload }] of this.stored) if (payload.grantId === grantId) destroy(key);
      },
    };
  }

  /** Writes what has not been written yet. */
  close(): void {
    if (this.timer) this.write();
  }

  private find(key: string): AdapterPayload | undefined {
    const found = this.stored.get(key);
    return found && !isOver(found) ? found.payload : undefined;
  }

  private findWhere(prefix: string, isMeant: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    for (const [key, one] of this.stored) {
      if (key.startsWith(prefix) && !isOver(one) && isMeant(one.payload)) return one.payload;
    }
    return undefined;
  }

  private changed(): void {
    this.timer ??= setTimeout(() => this.write(), writeAfterMs).unref();
  }

  private write(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    for (const [key, one] of this.stored) if (isOver(one)) this.stored.delete(key);
    for (const key of this.stored.keys()) {
      if (this.stored.size <= recordsMax) break;
      this.stored.delete(key);
    }
    // For this user alone: it holds refresh tokens.
    writeFileSync(`${this.file}.unfinished`, JSON.stringify(Object.fromEntries(this.stored)), { mode: 0o600 });
    renameSync(`${this.file}.unfinished`, this.file);
  }
}

function isOver({ endsAt }: Stored): boolean {
  return endsAt !== null && endsAt <= Date.now();
}

/** None where there is no file yet. @throws Error when it is not readable as what was written. */
function readRecords(file: string): Record<string, Stored> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, Stored>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new Error(`${file} cannot be read (${error}): delete it, and sign in again`);
  }
}
