/** Which branches of some files this process takes, by V8's block counts. Start before the files are imported. */
import { Session } from 'node:inspector/promises';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { fileURLToPath } from 'node:url';
import { type Branch, branchesOf } from './branches.ts';

export interface FileCoverage {
  path: string;
  branches: number;
  taken: number;
  /** Line of the source and side of the branch. */
  missed: string[];
}

export class BranchCoverage {
  readonly #session = new Session();

  async start(): Promise<void> {
    this.#session.connect();
    await this.#session.post('Profiler.enable');
    await this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  /** Of files whose path matches; to be called once, at the end. */
  async take(files: RegExp): Promise<FileCoverage[]> {
    const { result } = await this.#session.post('Profiler.takePreciseCoverage');
    await this.#session.post('Profiler.stopPreciseCoverage');
    await this.#session.post('Debugger.enable');
    const coverage: FileCoverage[] = [];
    for (const { url, scriptId, functions } of result) {
      if (!url.startsWith('file:') || !files.test(url)) continue;
      const { scriptSource } = await this.#session.post('Debugger.getScriptSource', { scriptId });
      const ranges = functions.flatMap((one) => one.ranges);
      coverage.push(fileCoverage(fileURLToPath(url.split('?')[0] ?? url), scriptSource, ranges));
    }
    this.#session.disconnect();
    return coverage.sort((one, other) => (one.path < other.path ? -1 : 1));
  }
}

interface Range {
  startOffset: number;
  endOffset: number;
  count: number;
}

function fileCoverage(path: string, source: string, ranges: Range[]): FileCoverage {
  // The innermost range that holds a place says how often it ran.
  const sorted = [...ranges].sort(
    (one, other) => one.endOffset - one.startOffset - (other.endOffset - other.startOffset),
  );
  const countAt = (offset: number) =>
    sorted.find(({ startOffset, endOffset }) => startOffset <= offset && offset < endOffset)?.count ?? 0;
  const branches = branchesOf(source, countAt);
  const missed = branches.filter(({ taken }) => !taken);
  return {
    path,
    branches: branches.length,
    taken: branches.length - missed.length,
    missed: missed.map((branch) => `${lineOf(source, branch)} ${branch.what}`),
  };
}

/** In the file as it was written: what runs was made of it, and carries the map. */
function lineOf(source: string, { at }: Branch): string {
  const before = source.slice(0, at).split('\n');
  const encoded = /sourceMappingURL=data:application\/json;base64,([\w+/=]+)/.exec(source)?.[1];
  if (!encoded) return `${before.length}`;
  const map = new SourceMap(JSON.parse(Buffer.from(encoded, 'base64').toString()) as SourceMapPayload);
  const entry = map.findEntry(before.length - 1, before.at(-1)?.length ?? 0);
  return 'originalLine' in entry ? `${entry.originalLine + 1}` : `${before.length}`;
}
