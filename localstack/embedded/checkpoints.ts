import { mkdirSync, readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** How far a shard has been read: the last sequence number that is done with, and whether the shard has come to its end. */
export interface ShardProgress {
  after?: string;
  ended?: boolean;
}

/**
 * How far each shard of each mapping has been processed, in one file. A write may be some milliseconds late: after a crash
 * records are then sent to the function again, as Lambda may do at any time.
 */
export class Checkpoints {
  private readonly file: string;
  private readonly progress: Record<string, ShardProgress>;
  private dirty = false;
  private writing: Promise<void> | undefined;

  constructor(file: string) {
    this.file = file;
    mkdirSync(dirname(file), { recursive: true });
    this.progress = readOrEmpty(file);
  }

  of(mapping: string, shard: string): ShardProgress {
    return this.progress[`${mapping}/${shard}`] ?? {};
  }

  set(mapping: string, shard: string, progress: ShardProgress): void {
    this.progress[`${mapping}/${shard}`] = progress;
    this.dirty = true;
    this.writing ??= this.write();
  }

  /** Resolves when all that was set is on disk. */
  async flush(): Promise<void> {
    await this.writing;
  }

  private async write(): Promise<void> {
    try {
      while (this.dirty) {
        this.dirty = false;
        await writeFile(`${this.file}.unfinished`, JSON.stringify(this.progress));
        await rename(`${this.file}.unfinished`, this.file);
      }
    } finally {
      this.writing = undefined;
    }
  }
}

function readOrEmpty(file: string): Record<string, ShardProgress> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, ShardProgress>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}
