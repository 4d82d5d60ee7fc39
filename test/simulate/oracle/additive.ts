/** Figures that every event adds to by itself, whoever did it and whatever came before. */
import {
  bandName,
  hourKey,
  liveKey,
  minuteName,
  type OpenDimension,
  pageDeviceName,
  pageName,
  type SmallDimension,
  seriesName,
  smallName,
  transitionKey,
  valueName,
  vitalName,
} from '../../../functions/contract/counter.ts';
import { kind } from '../../../functions/contract/event.ts';
import { nameId } from '../../../functions/contract/name-id.ts';
import { vitalScales } from '../../../functions/contract/vital.ts';
import type { Happening } from './happening.ts';
import type { Ledger } from './ledger.ts';
import type { Names } from './names.ts';
import { figuresOnElement } from './on-element.ts';

export interface Books {
  epoch: string;
  site: string;
  names: Names;
  ledger: Ledger;
}

/** What a page does by itself is nobody's doing. */
const notDone: readonly number[] = [
  kind.heartbeat,
  kind.hide,
  kind.show,
  kind.leave,
  kind.reach,
  kind.bands,
  kind.engaged,
  kind.abandon,
  kind.paneReach,
  kind.paneBands,
  kind.vitals,
];

export function countAdditive(happening: Happening, books: Books): void {
  const { event, day, hour, page, named } = happening;
  const { ledger, epoch, site } = books;
  const hourItem = hourKey(epoch, site, day, hour);
  const onPage = (name: string, amount = 1) => amount > 0 && ledger.add(named.key, name, amount);
  if (!notDone.includes(event[0])) ledger.add(hourItem, seriesName.events);
  for (const { key, dimension, value } of valuesOf(happening, books)) {
    ledger.add(key, event[0] === kind.view ? valueName.pageViews : valueName.count);
    if (dimension === 'outbound') ledger.add(transitionKey(epoch, site, day, named.id, `>${nameId(value)}`), 'made');
  }
  switch (event[0]) {
    case kind.view: {
      ledger.add(hourItem, seriesName.pageViews);
      ledger.add(liveKey(epoch, site, Math.floor(happening.at / 60_000), named.id), minuteName.pageViews);
      onPage(pageName.pageViews);
      onPage(pageDeviceName(page.device, 'v'));
      const share = page.viewportHeight / Math.max(1, page.documentHeight);
      onPage(pageDeviceName(page.device, 'f'), Math.round(1000 * Math.min(1, share)));
      for (const [dimension, value] of smallValuesOf(happening, books)) {
        ledger.add(hourItem, smallName(dimension, value, 'p'));
      }
      break;
    }
    case kind.engaged:
      if (event[3] > 0) ledger.add(hourItem, seriesName.engagedMs, event[3]);
      onPage(pageName.engagedMs, event[3]);
      break;
    case kind.reach:
      for (let band = event[3]; band <= event[4]; band++) onPage(bandName(page.device, band, 'r'));
      break;
    case kind.bands:
      for (let at = 0; at < event[3].length; at += 2) {
        onPage(bandName(page.device, event[3][at] ?? 0, 'm'), event[3][at + 1] ?? 0);
      }
      break;
    case kind.vitals: {
      const [, , , lcp, inp, cls] = event;
      for (const [vital, value] of Object.entries({ lcp, inp, cls }) as [keyof typeof vitalScales, number | null][]) {
        if (value === null) continue;
        const passed = vitalScales[vital].edges.filter((edge) => edge < value);
        onPage(vitalName(page.device, vital, passed.length));
      }
      break;
    }
    case kind.rage:
      if (event[5] === 3) ledger.add(hourItem, seriesName.rage);
      break;
    case kind.dead:
      ledger.add(hourItem, seriesName.dead);
      break;
    case kind.hover:
      if (event[6] === 1) ledger.add(hourItem, seriesName.hesitations);
      break;
  }
  for (const { key, name, amount } of figuresOnElement(happening, books.names)) {
    if (amount > 0) ledger.add(key, name, amount);
  }
}

const utmNames = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content'] as const;

/** The values of open breakdowns that an event stands for, as they are counted. */
export function valuesOf({ event, page, day }: Happening, { names }: Pick<Books, 'names'>) {
  const told: [OpenDimension, string][] = [];
  if (event[0] === kind.view) {
    told.push(['referrer', page.referrer]);
    for (const [index, name] of utmNames.entries()) told.push([name, page.utm[index] ?? '']);
  }
  if (event[0] === kind.outbound) told.push(['outbound', event[3]]);
  if (event[0] === kind.download) told.push(['download', event[3]]);
  if (event[0] === kind.custom) {
    told.push(['event', event[3]]);
    for (const [name, value] of Object.entries(event[4])) told.push(['event', `${event[3]} · ${name}=${value}`]);
  }
  return told
    .filter(([, value]) => value !== '')
    .map(([dimension, value]) => ({ dimension, ...names.value(day, dimension, value) }));
}

const widths = [0, 360, 414, 600, 768, 1024, 1280, 1536, 1920, 2560];

export function smallValuesOf(
  { record, page, day }: Happening,
  { names }: Pick<Books, 'names'>,
): [SmallDimension, string][] {
  const above = widths.filter((width) => width <= page.viewportWidth);
  const next = widths[above.length];
  const values: [SmallDimension, string][] = [
    ['country', record.country],
    ['browser', record.browser],
    ['os', record.os],
    ['device', page.viewportWidth >= 1024 ? 'desktop' : page.viewportWidth >= 600 ? 'tablet' : 'mobile'],
    ['language', record.language],
    ['viewport', next === undefined ? `${above.at(-1)}+` : `${above.at(-1)}-${next - 1}`],
  ];
  return values
    .filter(([, value]) => value !== '')
    .map(([dimension, value]) => [dimension, names.small(day, dimension, value)]);
}
