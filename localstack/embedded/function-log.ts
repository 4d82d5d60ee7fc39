import { appendFile, mkdir, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const fileBytesMax = 10 * 1024 * 1024;
const linesKeptMax = 1_000;
/** Lines of this long go to the file together: opening it for each of some hundred a second would cost more than the rest. */
const gatherMs = 100;

/** What a function writes: the last lines in memory, more in a file, and the file before it when that was full. */
export class FunctionLog {
  private readonly file: string;
  private readonly lines: string[] = [];
  private unwritten = '';
  private bytes = -1;
  private writing: Promise<void> | undefined;
  /** Ends the gathering at once. */
  private readonly closing = new AbortController();

  /** @param heard is told of each line at once. */
  constructor(
    file: string,
    private readonly heard?: (line: string) => void,
  ) {
    this.file = file;
  }

  /** Each line gets the time in front, as CloudWatch shows it. Metrics in the embedded format stand in it unchanged. */
  add(line: string): void {
    this.heard?.(line);
    const stamped = `${new Date().toISOString()}\t${line}`;
    this.lines.push(stamped);
    if (this.lines.length > linesKeptMax) this.lines.splice(0, this.lines.length - linesKeptMax);
    this.unwritten += `${stamped}\n`;
    this.writing ??= this.write();
  }

  /** Oldest first. */
  recent(): readonly string[] {
    return this.lines;
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.writing;
  }

  private async write(): Promise<void> {
    try {
      while (this.unwritten !== '') {
        await sleep(gatherMs, undefined, { signal: this.closing.signal }).catch(() => undefined);
        const text = this.unwritten;
        this.unwritten = '';
        await this.append(text);
      }
    } catch (error) {
      // A full disk must not stop a function: its lines are still in memory.
      console.error(`can't write ${this.file}: ${error}`);
      this.unwritten = '';
    } finally {
      this.writing = undefined;
    }
  }

  private async append(text: string): Promise<void> {
    if (this.bytes < 0) {
      await mkdir(dirname(this.file), { recursive: true });
      this.bytes = await stat(this.file).then(
        ({ size }) => size,
        () => 0,
      );
    }
    if (this.bytes > fileBytesMax) {
      await rename(this.file, `${this.file}.1`);
      this.bytes = 0;
    }
    await appendFile(this.file, text);
    this.bytes += Buffer.byteLength(text);
  }
}
