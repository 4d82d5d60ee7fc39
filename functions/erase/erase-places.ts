import { archivePrefix } from '../archive/archive-object.ts';
import type { ArchiveStore } from '../archive/archive-store.ts';
import { failedPrefix, redrivenPrefix } from '../contract/failed.ts';
import { siteResiduePrefix } from '../contract/residue.ts';
import type { SaltStore } from '../identity/salt-store.ts';
import type { DynamoTable } from '../store/client.dynamo.ts';
import { bucketPlace } from './bucket-place.ts';
import type { ErasePlace } from './place.ts';
import { partitionsPlace, scannedPlace } from './table-place.dynamo.ts';

export interface EraseStores {
  counters: DynamoTable;
  visitors: DynamoTable;
  admissions: DynamoTable;
  sites: DynamoTable;
  salts: Pick<SaltStore, 'deleteAll'>;
  archive: Pick<ArchiveStore, 'keys' | 'delete'>;
  captures: Pick<ArchiveStore, 'keys' | 'delete'>;
  /** ms since the epoch. */
  clock(): number;
}

/**
 * Everywhere that something of a site is kept. Whoever keeps something new of sites adds a line; what ends by itself within hours
 * (connections, tickets) is left to that.
 */
export function erasePlaces(stores: EraseStores): ErasePlace[] {
  const { counters, visitors, admissions, sites, salts, archive, captures, clock } = stores;
  /** `<epoch>|<site>|…` */
  const isSecond = (partition: string, site: string) => partition.split('|')[1] === site;
  /** `load|<site>|…`, `state|<site>|…` of the first epoch, `state|<epoch>|<site>|…` of others. */
  const isVisitors = (partition: string, site: string) => {
    const [kind, second, third, ...more] = partition.split('|');
    return more.length > 0 ? kind === 'state' && third === site : second === site;
  };
  /** What was set aside, decided under its place on the stream (`set-aside-store.dynamo.ts`). */
  const decisions = { attribute: 'd', of: (site: string) => JSON.stringify({ site }).slice(1, -1) };
  return [
    scannedPlace(counters, 'counters', isSecond),
    scannedPlace(visitors, 'visitors', isVisitors, decisions),
    scannedPlace(admissions, 'admissions', isSecond),
    bucketPlace(archive, 'archive', (site) => `${archivePrefix}site=${site}/`),
    bucketPlace(archive, 'failed records', (site) => `${failedPrefix}site=${site}/`),
    bucketPlace(archive, 'redriven records', (site) => `${redrivenPrefix}site=${site}/`),
    bucketPlace(archive, 'sums of erased visitors', siteResiduePrefix),
    bucketPlace(captures, 'captures', (site) => `captures/${site}/`),
    bucketPlace(captures, 'plans', (site) => `plans/${site}.json`),
    partitionsPlace(sites, 'facts of the site', ['alerts', 'markers', 'refused', 'used', 'audit', 'visitor-erasures']),
    {
      name: 'salts',
      async sweep(site) {
        await salts.deleteAll(site, clock());
        return null;
      },
    },
  ];
}
