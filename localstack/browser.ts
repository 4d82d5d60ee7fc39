import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

/** A Chromium that can be started on this machine, and how. */
export interface FoundBrowser {
  executablePath: string;
  /** The whole environment for its process. */
  env: Record<string, string>;
  args: string[];
}

export interface BrowserOptions {
  /** Playwright turns the back/forward cache off; true turns it on again. */
  hasBackForwardCache?: boolean;
  /** Further command-line arguments. */
  args?: string[];
}

const installed = [
  '/opt/google/chrome/chrome',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  '/usr/bin/microsoft-edge',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
];

/**
 * Looks for a browser: `CHROME_PATH`, Playwright's own, an installed Chrome or Edge, Chromium of the system, then the one that
 * comes as an npm package (Linux x64), which is unpacked once into the temporary directory.
 * @throws Error that says what to do when there is none, or when `CHROME_PATH` names no file
 */
export async function findBrowser(): Promise<FoundBrowser> {
  const wanted = process.env.CHROME_PATH;
  if (wanted) {
    if (!existsSync(wanted)) throw new Error(`CHROME_PATH names "${wanted}", but there is no such file.`);
    return plain(wanted);
  }
  const found = [chromium.executablePath(), ...installed].find((path) => path && existsSync(path));
  if (found) return plain(found);
  if (process.platform === 'linux' && process.arch === 'x64') return packaged();
  throw new Error('No browser was found. Install Chrome, Edge or Chromium, or set CHROME_PATH to its executable.');
}

/** Starts the browser that `findBrowser` finds, without a window. The caller closes it. */
export async function launchBrowser({ hasBackForwardCache = false, args = [] }: BrowserOptions = {}): Promise<Browser> {
  const found = await findBrowser();
  return chromium.launch({
    executablePath: found.executablePath,
    env: found.env,
    args: [...found.args, ...args],
    ...(hasBackForwardCache ? { ignoreDefaultArgs: ['--disable-back-forward-cache'] } : {}),
  });
}

function plain(executablePath: string): FoundBrowser {
  return { executablePath, env: environment(), args: argsHere() };
}

/** Chromium's sandbox refuses to run as root, as in containers. */
function argsHere(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

async function packaged(): Promise<FoundBrowser> {
  const directory = await unpacked();
  return {
    executablePath: join(directory, 'chromium'),
    env: {
      ...environment(),
      LD_LIBRARY_PATH: join(directory, 'al2023', 'lib'),
      FONTCONFIG_PATH: join(directory, 'fonts'),
    },
    // The package's own arguments would end the browser together with its first context.
    args: ['--no-sandbox'],
  };
}

/**
 * The directory of the unpacked browser. It is unpacked by a process of its own, because the package reads its environment when
 * it is imported, and into a directory that gets its final name only when it is complete: several may unpack at once.
 */
async function unpacked(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const { version } = await packageOf(entry);
  const directory = join(tmpdir(), `sitepulse-chromium-${version}-${process.getuid?.() ?? 0}`);
  if (existsSync(directory)) return directory;
  const staging = await mkdtemp(`${directory}.`);
  await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', "await (await import('@sparticuz/chromium')).default.executablePath()"],
    {
      cwd: dirname(entry),
      env: { ...process.env, TMPDIR: staging, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' },
    },
  );
  // The package's own list of font directories names /tmp/fonts, wherever it was unpacked.
  await writeFile(
    join(staging, 'fonts', 'fonts.conf'),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${[
      '/usr/share/fonts',
      '/usr/local/share/fonts',
      join(directory, 'fonts'),
    ]
      .map((path) => `<dir>${path}</dir>`)
      .join('')}<cachedir>${join(directory, 'fonts-cache')}</cachedir></fontconfig>`,
  );
  try {
    await rename(staging, directory);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    if (!existsSync(directory)) throw error;
  }
  return directory;
}

async function packageOf(entry: string): Promise<{ version: string }> {
  for (let at = dirname(entry); at !== dirname(at); at = dirname(at)) {
    const path = join(at, 'package.json');
    const text = existsSync(path) ? await readFile(path, 'utf8') : '{}';
    const found = JSON.parse(text) as { name?: string; version?: string };
    if (found.name === '@sparticuz/chromium' && found.version) return { version: found.version };
  }
  throw new Error(`"${entry}" is not inside the package @sparticuz/chromium.`);
}

function environment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}
