/** What is done every hour so that nothing is kept longer than it should be: salts, visitors to be erased, archives, pictures, counters. */
import type { ArchiveStore } from '../archive/archive-store.ts';
import { type SiteConfig, settingsOf } from '../contract/site.ts';
import type { SaltStore } from '../identity/salt-store.ts';
import { log } from '../log.ts';
import { type EpochStore, isOpenBuild } from '../sites/epoch-store.ts';
import { type OneAtATimeParts, oneAtATime } from '../sites/one-at-a-time.ts';
import type { SiteStore } from '../sites/site-store.ts';
import type { VisitorErasure, VisitorErasureStore } from '../sites/visitor-erasure-store.ts';
import { type ErasePorts, erase } from './erase.ts';
import { deleteOldCaptures, type OldCapturePorts } from './old-captures.ts';
import { deleteDays, type OldDayPorts, oldDays } from './old-days.ts';
import { enforceRetention } from './retention.ts';

export interface SweepPorts extends Omit<ErasePorts, 'sites' | 'epoch' | 'epochs'>, Omit<OneAtATimeParts, 'epochs'> {
  sites: Pick<SiteStore, 'all' | 'current' | 'version' | 'goalsFrom'>;
  salts: Pick<SaltStore, 'deleteExpired'>;
  erasures: VisitorErasureStore;
  epochs: Pick<EpochStore, 'hold' | 'pointer' | 'build'>;
  /** In use until the pointer moves for the first time. */
  configuredEpoch: string;
  /** The installation's; a site may want less. */
  archiveRetentionDays: number;
}

export interface Swept {
  sites: number;
  erased: number;
  waiting: number;
  expiredObjects: number;
  /** Counters and names. */
  expiredItems: number;
  /** What failed, and is tried again in an hour. */
  failures: number;
}

/** One site's failure is logged and keeps no other waiting; nor does an erasure that takes all the time there is, or fails. */
export async function sweep(ports: SweepPorts & OldDayPorts & OldCapturePorts): Promise<Swept> {
  const swept: Swept = { sites: 0, erased: 0, waiting: 0, expiredObjects: 0, expiredItems: 0, failures: 0 };
  const failed = (site: string) => (error: unknown) => {
    swept.failures += 1;
    log.error('a site was not swept to the end', error, { site });
    return null;
  };
  const configs: SiteConfig[] = [];
  for (const site of await ports.sites.all()) {
    swept.sites += 1;
    const config = await sweepSite(site, ports, swept).catch(failed(site));
    if (config) configs.push(config);
  }
  // What may take all the time there is comes last, and is of no site whose archive could not be swept.
  for (const config of configs) {
    swept.expiredItems += (await sweepCounters(config, ports).catch(failed(config.site))) ?? 0;
  }
  const waiting: VisitorErasure[] = [];
  for (const { site } of configs) waiting.push(...((await ports.erasures.waiting(site).catch(failed(site))) ?? []));
  for (const erasure of waiting.sort((one, other) => one.at - other.at)) {
    const after = await eraseWhenDue(erasure, ports).catch(failed(erasure.site));
    if (after?.state === 'done') swept.erased += 1;
    else if (after) swept.waiting += 1;
  }
  return swept;
}

async function sweepCounters(config: SiteConfig, ports: SweepPorts & OldDayPorts): Promise<number> {
  const days = oldDays(settingsOf(config).retentionDays, config.zone, ports.clock());
  if (days.length === 0) return 0;
  const epoch = (await ports.epochs.pointer())?.epoch ?? ports.configuredEpoch;
  const epochs = everyEpoch(epoch, (await ports.epochs.build())?.epoch);
  return deleteDays(config.site, days, epochs, ports);
}

async function sweepSite(site: string, ports: SweepPorts & OldCapturePorts, swept: Swept): Promise<SiteConfig | null> {
  const config = await ports.sites.current(site);
  if (!config) return null;
  await ports.salts.deleteExpired(site, config.zone, ports.clock());
  const { retentionDays } = settingsOf(config);
  const days = Math.min(retentionDays, ports.archiveRetentionDays);
  swept.expiredObjects += await enforceRetention(site, days, ports.archive, ports.clock());
  swept.expiredObjects += await deleteOldCaptures(site, retentionDays, ports, ports.clock());
  return config;
}

const retryMs = 3_600_000;

/** @throws what an erasure throws; it has gone behind those of others then, which it could keep waiting each hour. */
async function eraseWhenDue(erasure: VisitorErasure, ports: SweepPorts & OldDayPorts): Promise<VisitorErasure> {
  if (erasure.at > ports.clock() || !ports.hasTime()) return erasure;
  const { get } = ports.archive;
  const archive: ArchiveStore = {
    ...ports.archive,
    async get(key) {
      if (!ports.hasTime()) throw new Error('the time of a run is over before the archive was read for an erasure');
      return get(key);
    },
  };
  try {
    return await eraseAlone(erasure, { ...ports, archive });
  } catch (error) {
    const why = 'it could not be brought to its end, and is tried again';
    await ports.erasures.put({ ...erasure, at: ports.clock() + retryMs, why });
    throw error;
  }
}

/** Erases while nobody rebuilds, and writes down what has become of it. @throws when a store fails: it is tried again. */
export async function eraseAlone(erasure: VisitorErasure, ports: SweepPorts): Promise<VisitorErasure> {
  const { epochs } = ports;
  const after = await oneAtATime(ports, async () => {
    const pointer = (await epochs.pointer()) ?? { epoch: ports.configuredEpoch, handover: false };
    const build = await epochs.build();
    if (build && isOpenBuild(build, pointer)) {
      const why = 'a rebuild was begun and has not ended: run it again, to its end';
      return { ...erasure, at: ports.clock() + retryMs, why };
    }
    return erase(erasure, { ...ports, epoch: pointer.epoch, epochs: everyEpoch(pointer.epoch, build?.epoch) });
  });
  await ports.erasures.put(after);
  return after;
}

/** What stands in epochs that are no longer read expires by itself, but not at once. */
function everyEpoch(current: string, built = '0'): string[] {
  const newest = Math.max(Number(current), Number(built));
  return Array.from({ length: newest }, (_, index) => String(index + 1));
}
