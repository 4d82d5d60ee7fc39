/** Asks the npm registry whether a package that runs in production has a known hole. Part of `npm run check`. */
import { execFile } from 'node:child_process';

/** What `npm audit --json` says, as far as it matters here. */
interface Audit {
  metadata?: { vulnerabilities?: Record<string, number> };
  vulnerabilities?: Record<string, { severity: string; fixAvailable?: unknown }>;
}
export interface Verdict {
  ok: boolean;
  text: string;
}

const grave = ['high', 'critical'];

/** Grave holes fail; a registry that gives no answer (offline, a mirror without audits) is told of and does not. */
export function verdictOf(output: string): Verdict {
  let audit: Audit;
  try {
    audit = JSON.parse(output) as Audit;
  } catch {
    audit = {};
  }
  if (!audit.metadata?.vulnerabilities) return { ok: true, text: 'not asked: the registry answers no audit' };
  const holes = Object.entries(audit.vulnerabilities ?? {}).filter(([, { severity }]) => grave.includes(severity));
  if (holes.length === 0) return { ok: true, text: 'no grave hole is known' };
  return { ok: false, text: holes.map(([name, { severity }]) => `${name}: ${severity}`).join('\n') };
}

/** Much more than npm says of the worst: what is cut off could not be read, and would look like no answer. */
const outputBytesMax = 64 * 1024 * 1024;

/** Never longer than a minute: a registry that hangs is one that does not answer. */
export function auditDependencies(cwd: string, env: NodeJS.ProcessEnv = process.env): Promise<Verdict> {
  const options = { cwd, env, timeout: 60_000, maxBuffer: outputBytesMax };
  return new Promise((resolve) => {
    // npm exits with 1 for findings, too: what it says decides.
    execFile('npm', ['audit', '--omit=dev', '--json'], options, (_error, stdout) => resolve(verdictOf(stdout)));
  });
}
