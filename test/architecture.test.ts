import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * The rooms and who may import whom: the plan's table, as data. A room is a folder, or one file. What is not listed is refused.
 * `environment.ts`, `log.ts` and `metrics.ts` serve every function.
 */
const mayImport: Record<string, string[]> = {
  'functions/contract': [],
  'functions/aggregate': ['functions/contract'],
  'functions/stream': ['functions/contract'],
  'functions/store': ['functions/contract'],
  'functions/push': ['functions/contract'],
  'functions/identity': ['functions/contract'],
  'functions/sites': ['functions/contract'],
  // Watching is a fact of the connections (push), the visitor and the site's key belong to identity and sites.
  'functions/ingest': [
    'functions/contract',
    'functions/stream',
    'functions/identity',
    'functions/sites',
    'functions/push',
  ],
  'functions/process': [
    'functions/contract',
    'functions/aggregate',
    'functions/stream',
    'functions/store',
    'functions/push',
    'functions/sites',
  ],
  // What sites have used, and the versions of their configuration by which they keep less.
  'functions/budget': ['functions/contract', 'functions/sites', 'functions/store/client.dynamo.ts'],
  'functions/archive': ['functions/contract', 'functions/stream'],
  // What is deleted when: it folds a visitor's records once more, with the processor's own code, to know what they have added.
  'functions/forget': [
    'functions/contract',
    'functions/aggregate',
    'functions/archive',
    // What pictures are called.
    'functions/capture/capture-store.ts',
    'functions/identity',
    'functions/process',
    'functions/push',
    'functions/sites',
    'functions/store',
  ],
  // `stream` for ticks: whoever looks asks the stream to show its progress. `archive` for what could not be counted.
  'functions/query': [
    'functions/contract',
    'functions/store',
    'functions/push',
    'functions/sites',
    'functions/stream',
    'functions/archive',
    // An overlay asks for the path that its browser shows, which counts as the path rules say.
    'functions/ingest/path-rules.ts',
    // A webhook that no alert will ever be sent to is refused when it is saved.
    'functions/capture/address.ts',
    // Who signed in, and passwords of share links; not what makes visitors' hashes.
    'functions/identity/fetch-json.ts',
    'functions/identity/issuer.ts',
    'functions/identity/share-password.ts',
    'functions/identity/sign-in.ts',
  ],
  // It dials only what a capture may, and names the element by the element table's own code.
  'functions/alerts': [
    'functions/contract',
    'functions/sites',
    'functions/store',
    'functions/capture/address.ts',
    'functions/capture/resolve.ts',
    'functions/query/element-days.ts',
    'functions/query/element-rows.ts',
  ],
  // It is a page to ingest, and a reader to the counters.
  'functions/canary': ['functions/contract', 'functions/sites', 'functions/store'],
  // Removes what the other rooms have stored of a site: it needs their stores, and none of what they do with them.
  'functions/erase': [
    'functions/contract',
    'functions/store',
    'functions/sites',
    'functions/stream',
    'functions/archive',
    // Salts are deleted, and never read.
    'functions/identity/salt-store.ts',
    'functions/identity/salt-store.dynamo.ts',
  ],
  // The page script lists boxes with the very code that made the keys, and leaves out what is cut off as the overlay does. The planner reads what pages were viewed (store).
  'functions/capture': [
    'functions/contract',
    'functions/sites',
    'functions/store',
    'snippet/element-key.ts',
    'snippet/clippers.ts',
  ],
  'functions/environment.ts': [],
  'functions/log.ts': [],
  'functions/metrics.ts': [],
  'functions/build.ts': [],
  snippet: ['functions/contract/event.ts', 'functions/contract/element-grid.ts'],
  // A page of the dashboard on somebody else's page: it reads, merges and colours by the very code of the dashboard. Of the
  // snippet it has only what names elements, and says what of a page scrolls. `web/build.ts` mends heatmap.js for both.
  'snippet/overlay': [
    'functions/contract',
    'snippet/element-key.ts',
    'snippet/clippers.ts',
    'snippet/capture/scroller.ts',
    'web/live',
    'web/view',
    'web/build.ts',
  ],
  web: ['functions/contract'],
  // The names of metrics, for alarms and the dashboard.
  cdk: ['functions/environment.ts', 'functions/metrics.ts'],
  // What is the same for AWS and for its emulators: the CDK's command, the site's bucket, errors that a person can act on.
  deploy: ['functions'],
  localstack: ['functions', 'snippet', 'web', 'deploy'],
  test: ['functions', 'snippet', 'web', 'cdk', 'deploy', 'localstack'],
};
const everyFunctionMayImport = ['functions/environment.ts', 'functions/log.ts', 'functions/metrics.ts'];

const root = resolve(import.meta.dirname, '..');
const top = ['cdk', 'deploy', 'functions', 'web', 'snippet', 'localstack', 'test'];

function filesUnder(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return filesUnder(path);
    return /\.(ts|tsx|mjs)$/.test(name) ? [relative(root, path)] : [];
  });
}
const files = top.flatMap((folder) => filesUnder(join(root, folder)));
const text = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
const source = (file: string) => text.get(file) ?? '';

const isWithin = (file: string, place: string) => file === place || file.startsWith(`${place}/`);

function roomOf(file: string): string | undefined {
  return Object.keys(mayImport)
    .filter((room) => isWithin(file, room))
    .sort((a, b) => b.length - a.length)[0];
}

function importsOf(file: string): string[] {
  const found = source(file).matchAll(
    /^\s*(?:import|export)\b[^'";]*?from\s*'([^']+)'|\bimport\(\s*'([^']+)'|^import\s*'([^']+)'/gm,
  );
  return [...found].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}
const inside = (file: string, path: string) => relative(root, resolve(root, dirname(file), path));

describe('the rooms', () => {
  it('every file stands in a room that the table knows', () => {
    expect(files.filter((file) => !roomOf(file))).toEqual([]);
  });

  it('a room imports only the rooms that the table allows', () => {
    const refused = files.flatMap((file) => {
      const room = roomOf(file) ?? '';
      const allowed = [
        room,
        ...(mayImport[room] ?? []),
        ...(room.startsWith('functions/') ? everyFunctionMayImport : []),
      ];
      return importsOf(file)
        .filter((path) => path.startsWith('.'))
        .map((path) => inside(file, path))
        .filter((target) => !allowed.some((place) => isWithin(target, place)))
        .map((target) => `${file} imports ${target}`);
    });
    expect(refused).toEqual([]);
  });

  it('the contract imports nothing but itself', () => {
    const outside = files
      .filter((file) => isWithin(file, 'functions/contract'))
      .flatMap((file) => importsOf(file).filter((path) => !path.startsWith('./')));
    expect(outside).toEqual([]);
  });
});

/** Which packages may be imported only by files of a certain name. */
const doors: { what: string; import: RegExp; only: RegExp }[] = [
  {
    what: '@aws-sdk clients only behind a suffix that names the service',
    import: /^@aws-sdk\//,
    only: /\.(kinesis|dynamo|s3|api-gateway|lambda-client|cloudformation|cloudwatch|ses|sts|cognito)\.ts$|^test\/|^localstack\//,
  },
  { what: 'aws-lambda types only in entries', import: /^aws-lambda$/, only: /\.lambda\.ts$/ },
  {
    what: 'React only in pages, parts and the one hook and entry',
    import: /^react(-dom)?(\/|$)/,
    only: /^web\/(pages|parts)\/|^web\/(use-\w+(-\w+)*|app)\.tsx?$|^test\//,
  },
  {
    what: 'heatmap.js only in the canvas and the overlay’s painter',
    import: /^heatmap\.js/,
    only: /^(web\/heatmap-canvas|snippet\/overlay\/heat-painter)\.ts$/,
  },
];

describe('the doors', () => {
  for (const door of doors) {
    it(door.what, () => {
      const wrong = files.filter(
        (file) => !door.only.test(file) && importsOf(file).some((path) => door.import.test(path)),
      );
      expect(wrong).toEqual([]);
    });
  }

  it('process.env in functions only in environment.ts', () => {
    const wrong = files.filter(
      (file) =>
        isWithin(file, 'functions') &&
        !/^functions\/(environment|build)\.ts$/.test(file) &&
        /\bprocess\.env\b/.test(source(file)),
    );
    expect(wrong).toEqual([]);
  });

  it('clock and randomness in functions only in entries', () => {
    const wrong = files.filter(
      (file) =>
        isWithin(file, 'functions') &&
        !/\.lambda\.ts$|^functions\/build\.ts$/.test(file) &&
        /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.now\(/.test(source(file)),
    );
    expect(wrong).toEqual([]);
  });
});

describe('the form', () => {
  const own = files.filter((file) => !isWithin(file, 'test'));

  it('no file is over 400 lines, and the median is at most 80', () => {
    const lengths = own.map((file) => ({ file, lines: source(file).split('\n').length }));
    expect(lengths.filter(({ lines }) => lines > 400)).toEqual([]);
    const sorted = lengths.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(80);
    expect(sorted[Math.floor(sorted.length * 0.95)]).toBeLessThanOrEqual(250);
  });

  it('an effect of React gives back nothing but the way to undo it', () => {
    // Newer browsers give back promises from scrollTo and scrollIntoView (w3c/csswg-drafts#1562), which React would call.
    const wrong = own.filter((file) => /\buse(Layout)?Effect\(\(\) => (?!\{|\(\) =>)/.test(source(file)));
    expect(wrong).toEqual([]);
  });

  it('nothing is called utils, helpers, common, shared, lib, misc or index', () => {
    const wrong = files.filter((file) => /(^|\/)(utils?|helpers?|common|shared|lib|misc|index)(\/|\.tsx?$)/.test(file));
    expect(wrong).toEqual([]);
  });

  it('no file only re-exports others', () => {
    const barrels = own.filter((file) => {
      const lines = source(file)
        .split('\n')
        .filter((line) => line.trim() && !line.trim().startsWith('//'));
      return lines.length > 0 && lines.every((line) => /^export .* from '/.test(line));
    });
    expect(barrels).toEqual([]);
  });
});
