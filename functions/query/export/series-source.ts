import { localTimeText } from '../../contract/time-unit.ts';
import { text } from '../schema.ts';
import { pointFigures, readSeries, seriesParameters } from '../series.ts';
import { exportSource, instantText, orNone } from './source.ts';

const { pageViews, visitors, ...ofHoursAndDays } = pointFigures;

export const seriesSource = exportSource({
  what: 'series',
  description:
    'Figures over time, a row a minute, hour or day, without gaps. Minutes have page views and visitors only.',
  parameters: seriesParameters,
  columns: {
    at: text('Start of the minute, hour or day of the site: an ISO 8601 instant, UTC.'),
    localTime: text('The same by the site’s clock, YYYY-MM-DD hh:mm.'),
    pageViews,
    visitors,
    ...orNone(ofHoursAndDays),
  },
  async read(call, ports) {
    const { points, unit, ...range } = await readSeries(call, ports);
    const rows = points.map((point) => ({
      ...point,
      at: instantText(point.at),
      localTime: localTimeText(point.at, range.zone),
    }));
    return { range, about: [unit], rows, next: null };
  },
});
