import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { browserEnvironment } from '../environment.ts';

/** A browser of the machine, and the whole environment for its process. */
export interface InstalledBrowser {
  executablePath: string;
  env: Record<string, string>;
}

/**
 * A browser whose every connection goes through the proxy on `proxyPort`, loopback included. `installed` null: the one that is
 * packed for Lambda. Its environment is chosen name by name: pages are other people's, and the function's own holds credentials.
 * @throws when no browser could be started.
 */
export async function launchBrowser(proxyPort: number, installed: InstalledBrowser | null): Promise<Browser> {
  const { executablePath, env } = installed ?? (await unpackBrowser());
  return chromium.launch({
    executablePath,
    env,
    args: [...containment(proxyPort), ...(installed ? ['--no-sandbox'] : lambdaArguments)],
    timeout: 20_000,
  });
}

/** Nothing may go around the proxy: no direct address, no name of the system's resolver, no UDP. */
function containment(proxyPort: number): string[] {
  return [
    `--proxy-server=http://127.0.0.1:${proxyPort}`,
    '--proxy-bypass-list=<-loopback>',
    '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
    '--dns-prefetch-disable',
    '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--disable-quic',
    '--disable-webgl',
  ];
}

/** Lambda lets no process make a sandbox or a namespace of its own: the function is the sandbox. */
const lambdaArguments = ['--no-sandbox', '--no-zygote', '--single-process', '--in-process-gpu'];

/** Where the build puts the packed browser beside the bundle; elsewhere it is found in its own package. */
const packedBrowser = join(import.meta.dirname, 'chromium');

async function unpackBrowser(): Promise<InstalledBrowser> {
  // Imported when needed: on import it sets the path for libraries that the browser's environment then takes over.
  const { default: packed } = await import('@sparticuz/chromium');
  packed.setGraphicsMode = false;
  const executablePath = await packed.executablePath(existsSync(packedBrowser) ? packedBrowser : undefined);
  return { executablePath, env: browserEnvironment() };
}
