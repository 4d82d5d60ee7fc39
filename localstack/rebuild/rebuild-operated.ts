import { randomUUID } from 'node:crypto';
import { dynamoEpochStore } from '../../functions/sites/epoch-store.dynamo.ts';
import { oneAtATime } from '../../functions/sites/one-at-a-time.ts';
import type { Operated } from '../operated.ts';
import { rebuildPorts } from './local-ports.dynamo.ts';
import { type RebuildChoice, type RebuildReport, rebuild } from './rebuild.ts';

/** Rebuilds an installation, unless somebody else is at it. @throws what `rebuild` and `oneAtATime` throw; Error when there is no site. */
export async function rebuildOperated(
  { clients, names, sites }: Operated,
  choice: RebuildChoice,
  progress: (what: string) => void,
): Promise<RebuildReport> {
  const [site] = await sites();
  if (site === undefined) throw new Error('there is no site: nothing was ever counted here');
  const epochs = dynamoEpochStore({ client: clients.dynamo, table: names.sitesTable });
  return oneAtATime({ epochs, holder: randomUUID(), clock: Date.now, every }, () =>
    rebuild(rebuildPorts(clients, names, site, progress), choice),
  );
}

function every(ms: number, action: () => Promise<void>): () => void {
  const timer = setInterval(() => void action().catch((error) => console.error('hold not renewed:', error)), ms);
  return () => clearInterval(timer);
}
