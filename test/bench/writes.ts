import { kind } from '../../functions/contract/event.ts';
import { meteredProcessor, processSent, recordOf } from './pipeline.ts';
import { row, title } from './print.ts';
import { recordVisits } from './recorded-visits.ts';
import { WriteUnits } from './write-units.ts';

const pollMs = 1_000;
const unwatched = { watched: false, everyMs: 1_000 };

/** DynamoDB write units and items touched per page view, heartbeats, claims and states included. Budget: 12 on a quiet site. */
export async function benchWrites(): Promise<void> {
  title('DynamoDB writes per page view (budget: 12 units on a quiet site)');
  await section('quiet site: a visitor every 2 min', 300, 120_000);
  await section('steady site: a visitor every 5 s', 600, 5_000);
  await section('busy site: 20 visitors a second', 2_400, 50);
}

async function section(name: string, visitors: number, everyMs: number): Promise<void> {
  const sent = await recordVisits(visitors, everyMs, 11, unwatched);
  const units = new WriteUnits();
  await processSent(sent, pollMs, meteredProcessor(units));
  const records = sent.map(recordOf);
  const events = records.reduce((sum, record) => sum + record.events.length, 0);
  const views = records.reduce((sum, { events: all }) => sum + all.filter(([what]) => what === kind.view).length, 0);
  const total = units.total();
  row(name, `${(total.units / views).toFixed(1)} units, ${(total.writes / views).toFixed(1)} items`);
  row('  per event', `${(total.units / events).toFixed(3)} units`);
  row('  visits', `${visitors} visitors, ${views} page views, ${events} events in ${sent.length} requests`);
  for (const [kindName, sum] of [...units.byKind].sort((a, b) => b[1].units - a[1].units)) {
    const share = `${(sum.units / views).toFixed(2)} units, ${(sum.writes / views).toFixed(2)} items`;
    row(`    ${kindName}`, `${share}, largest ${units.largest(kindName)} B`);
  }
}
