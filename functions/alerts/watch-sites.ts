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

/** Looks at each site that has somebody to tell, one after the other. A site that fails is counted, and holds up no other. */
export async function watchSites(now: number, ports: WatchPorts): Promise<Told> {
  const told: Told = { sent: 0, failed: 0 };
  for (const site of await ports.sites.all()) {
    try {
      const { sent, failed } = await watchSite(site, now, ports);
      told.sent += sent;
      told.failed += failed;
    } catch (error) {
      told.failed += 1;
      log.error('a site could not be watched', error, { site });
    }
  }
  return told;
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
