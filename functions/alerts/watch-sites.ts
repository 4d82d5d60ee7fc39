import { alertKinds } from '../contract/alert.ts';
import { log } from '../log.ts';
import type { AlertStore } from '../sites/alert-store.ts';
import type { SiteStore } from '../sites/site-store.ts';
import { readGoals } from './goal-readings.ts';
import { judge } from './judge.ts';
import { angriestElement, type ReadingPorts, readSite } from './readings.ts';
import { type TellPorts, type Told, tell } from './tell.ts';

export interface WatchPorts extends ReadingPorts, TellPorts {
  sites: Pick<SiteStore, 'all' | 'current'>;
  alerts: Pick<AlertStore, 'read' | 'claim'>;
}

const minuteMs = 60_000;

/** Looked at together: whom a slow webhook is of keeps few others waiting. */
const sitesAtOnceMax = 8;

/** Looks at each site that has somebody to tell. A site that fails is counted, and holds up no other. */
export async function watchSites(now: number, ports: WatchPorts): Promise<Told> {
  const watch = async (site: string): Promise<Told> => {
    try {
      return await watchSite(site, now, ports);
    } catch (error) {
      log.error('a site could not be watched', error, { site });
      return { sent: 0, failed: 1 };
    }
  };
  const sites = await ports.sites.all();
  const told: Told[] = [];
  for (let from = 0; from < sites.length; from += sitesAtOnceMax) {
    told.push(...(await Promise.all(sites.slice(from, from + sitesAtOnceMax).map(watch))));
  }
  const sum = (name: keyof Told) => told.reduce((all, one) => all + one[name], 0);
  return { sent: sum('sent'), failed: sum('failed') };
}

async function watchSite(id: string, now: number, ports: WatchPorts): Promise<Told> {
  const told: Told = { sent: 0, failed: 0 };
  const stored = await ports.alerts.read(id);
  if (!stored) return told;
  const { settings } = stored;
  const hasWay = settings.emails.length > 0 || settings.slackUrl !== '' || settings.webhookUrl !== '';
  const site = hasWay && alertKinds.some((kind) => settings[kind]) ? await ports.sites.current(id) : null;
  if (!site) return told;
  const goals = settings.goalDrop ? await readGoals(site, now, ports) : [];
  for (const finding of judge({ ...(await readSite(site, now, ports)), goals }, settings)) {
    // An hour that has ended is told of once: it stays as it was until the next one has.
    const quietMinutes = Math.max(settings.quietMinutes, finding.kind === 'goalDrop' ? 60 : 0);
    // Before it is sent: of two runs at once, one tells. Should it fail then, the next comes when the quiet time is over.
    if (!(await ports.alerts.claim(id, finding.kind, now, quietMinutes * minuteMs))) continue;
    const worst = finding.kind === 'rage' ? await angriestElement(site, now, ports) : null;
    const where = worst ? ` Most of them on “${worst.element}” of ${worst.path} (${worst.rage}).` : '';
    const { sent, failed } = await tell(site, { ...finding, text: finding.text + where }, stored, now, ports);
    told.sent += sent;
    told.failed += failed;
  }
  return told;
}
