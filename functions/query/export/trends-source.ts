import { localTimeText } from '../../contract/time-unit.ts';
import { text } from '../schema.ts';
import { readTrends, trendFigures, trendsParameters } from '../trends.ts';
import { exportSource, instantText } from './source.ts';

export const trendsSource = exportSource({
  what: 'trends',
  description:
    'Counts of each day of the range and of as many days before it, oldest first, of the site or of one page.',
  parameters: trendsParameters,
  columns: {
    at: text('Start of the day of the site: an ISO 8601 instant, UTC.'),
    localTime: text('The same by the site’s clock, YYYY-MM-DD hh:mm.'),
    ...trendFigures,
  },
  async read(call, ports) {
    const { days, path, from, to, zone } = await readTrends(call, ports);
    const rows = days.map(({ at, ...counts }) => ({
      at: instantText(at),
      localTime: localTimeText(at, zone),
      ...counts,
    }));
    return { range: { from, to, zone }, about: [path ?? ''], rows, next: null };
  },
});
