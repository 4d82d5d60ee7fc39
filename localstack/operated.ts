/**
 * What a command of an operator works on: the product that runs here (`npm start`), or a deployed stack. A stack is meant where
 * `--stack` names one, or AWS_ENDPOINT_URL an endpoint other than the running product's; with `--stack` alone it is AWS itself, by the
 * region and the credentials that the AWS SDK finds.
 */
import { dynamoSiteStore } from '../functions/sites/site-store.dynamo.ts';
import { type Clients, clientsAt, localPlace } from './audit/local-ports.dynamo.ts';
import { readStackNames, type StackNames } from './stack-names.ts';
import { stackOutputs } from './stack-outputs.ts';
import { runningProduct } from './visitors/local-product.ts';

export interface Operated {
  clients: Clients;
  names: StackNames;
  /** The site that was asked for; else the one that `npm start` made, or the only one there is. @throws Error that lists several. */
  site(): Promise<string>;
  /** All there are. */
  sites(): Promise<string[]>;
  /** It runs in the embedded cloud. */
  isLocal: boolean;
}

export interface Which {
  stack?: string | undefined;
  site?: string | undefined;
}

/** The options of every such command, for `parseArgs`. */
export const operatedOptions = { stack: { type: 'string' }, site: { type: 'string' } } as const;
const usualStack = 'SitePulse';

/** Finds it, gives it to `work`, and closes what was opened. @throws Error that names what is missing and what to do. */
export async function withOperated<T>(which: Which, work: (operated: Operated) => Promise<T>): Promise<T> {
  const endpoint = process.env.AWS_ENDPOINT_URL || null;
  const local = which.stack === undefined ? await localAt(endpoint) : null;
  const place = local ? localPlace(local.awsEndpoint) : endpoint ? localPlace(endpoint) : {};
  const clients = clientsAt(place);
  try {
    const names = local && !local.emulator ? readStackNames() : await stackOutputs(which.stack ?? usualStack, place);
    const sites = () => dynamoSiteStore({ client: clients.dynamo, table: names.sitesTable }).all();
    const site = async () => which.site ?? local?.site ?? onlyOf(await sites());
    return await work({ clients, names, site, sites, isLocal: local !== null && !local.emulator });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ECONNREFUSED' || !endpoint) throw error;
    throw new Error(`${endpoint} does not answer: start what should be there, or unset AWS_ENDPOINT_URL`);
  } finally {
    clients.close();
  }
}

/** The running product, unless the endpoint is another's. */
async function localAt(endpoint: string | null) {
  if (endpoint === null) return runningProduct();
  const local = await runningProduct().catch(() => null);
  return local && new URL(local.awsEndpoint).host === new URL(endpoint).host ? local : null;
}

function onlyOf(sites: string[]): string {
  const [site] = sites;
  if (site !== undefined && sites.length === 1) return site;
  throw new Error(`there are ${sites.length} sites (${sites.slice(0, 20).join(', ')}): name one with --site`);
}
