import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What is kept of an object beside its bytes. */
export interface ObjectFacts {
  key: string;
  /** In quotes, as HTTP has it. */
  etag: string;
  bytes: number;
  /** ms since the epoch. */
  modifiedAt: number;
  /** `content-type`, `content-encoding`, `cache-control`, `x-amz-meta-…` and the like, as they came. */
  headers: Record<string, string>;
}

/** The objects of one bucket, one file each: a line of facts, then the bytes. */
export class BucketObjects {
  private readonly folder: string;
  private readonly facts = new Map<string, ObjectFacts>();

  /** Reads the facts of what is there. */
  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
    for (const file of readdirSync(folder)) {
      if (!file.endsWith('.object')) continue;
      const bytes = readFileSync(join(folder, file));
      const facts = JSON.parse(bytes.subarray(0, bytes.indexOf('\n')).toString('utf8')) as ObjectFacts;
      this.facts.set(facts.key, facts);
    }
  }

  find(key: string): ObjectFacts | undefined {
    return this.facts.get(key);
  }

  async read(key: string): Promise<Buffer> {
    const file = await readFile(this.fileOf(key));
    return file.subarray(file.indexOf('\n') + 1);
  }

  /** Whole or not at all: a file takes its place by a rename. */
  async put(key: string, bytes: Buffer, headers: Record<string, string>): Promise<ObjectFacts> {
    const etag = `"${createHash('md5').update(bytes).digest('hex')}"`;
    const facts: ObjectFacts = { key, etag, bytes: bytes.length, modifiedAt: Date.now(), headers };
    const unfinished = join(this.folder, `${randomUUID()}.unfinished`);
    await writeFile(unfinished, Buffer.concat([Buffer.from(`${JSON.stringify(facts)}\n`), bytes]));
    await rename(unfinished, this.fileOf(key));
    this.facts.set(key, facts);
    return facts;
  }

  async delete(key: string): Promise<void> {
    this.facts.delete(key);
    await rm(this.fileOf(key), { force: true });
  }

  /** Keys with `prefix` behind `after`, in S3's order (by UTF-8 bytes). */
  list(prefix: string, after: string): ObjectFacts[] {
    return [...this.facts.values()]
      .filter(({ key }) => key.startsWith(prefix) && Buffer.compare(Buffer.from(key), Buffer.from(after)) > 0)
      .sort((left, right) => Buffer.compare(Buffer.from(left.key), Buffer.from(right.key)));
  }

  /** A key may be longer than a file's name, and may hold `..`: its hash can do neither harm. */
  private fileOf(key: string): string {
    return join(this.folder, `${createHash('sha256').update(key).digest('hex')}.object`);
  }
}
