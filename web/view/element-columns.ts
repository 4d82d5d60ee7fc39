/** The columns of the element table: what each says, how it is written, and how rows are ordered by it. Pure. */
import type { ElementCounts } from './element-heat.ts';
import type { Layer } from './layer.ts';
import { formatDuration, formatWhole } from './number-format.ts';

/** What shares are taken of. */
export interface Whole {
  /** Clicks on all elements. */
  clicks: number;
  /** Views of the page on this class of devices; null while they are not known. */
  views: number | null;
}

export interface ElementColumn {
  label: string;
  /** What it says, in a sentence. */
  about: string;
  /** Null: there is nothing to say, or to divide by. */
  value(counts: ElementCounts, whole: Whole): number | null;
  format(value: number): string;
}

const percent = new Intl.NumberFormat('en-US', { style: 'percent', maximumFractionDigits: 1 });
const formatPercent = (share: number) => percent.format(share);
const part = (count: number, of: number | null) => (of === null || of <= 0 ? null : count / of);

export const elementColumns = {
  clicks: { label: 'Clicks', about: 'Clicks, taps included', value: ({ clicks }) => clicks, format: formatWhole },
  share: {
    label: 'Share',
    about: 'Its part of all clicks on the page',
    value: ({ clicks }, whole) => part(clicks, whole.clicks),
    format: formatPercent,
  },
  perView: {
    label: 'Per view',
    about: 'Clicks per view of the page; somebody may click twice in one view',
    value: ({ clicks }, whole) => part(clicks, whole.views),
    format: formatPercent,
  },
  hovers: {
    label: 'Hovers',
    about: 'Times that a pointer came over it',
    value: ({ hovers }) => hovers,
    format: formatWhole,
  },
  hoverMs: {
    label: 'Hover time',
    about: 'How long pointers were over it, all together',
    value: ({ hovers, hoverMs }) => (hovers > 0 ? hoverMs : null),
    format: formatDuration,
  },
  hesitation: {
    label: 'Hesitation',
    about: 'Hovers of at least a second that no click followed, of all hovers',
    value: ({ hesitations, hovers }) => part(hesitations, hovers),
    format: formatPercent,
  },
  rage: {
    label: 'Rage',
    about: 'Bursts of three or more clicks within a second',
    value: ({ rage }) => rage,
    format: formatWhole,
  },
  dead: { label: 'Dead', about: 'Clicks that nothing followed', value: ({ dead }) => dead, format: formatWhole },
  taps: { label: 'Taps', about: 'Clicks made by touch', value: ({ taps }) => taps, format: formatWhole },
  focuses: {
    label: 'Visits',
    about: 'Times that somebody came to the field',
    value: ({ focuses }) => focuses,
    format: formatWhole,
  },
  abandons: {
    label: 'Left here',
    about: 'Times that a form was left, not sent, with this as the last field touched',
    value: ({ abandons }) => abandons,
    format: formatWhole,
  },
} as const satisfies Record<string, ElementColumn>;

export type ColumnName = keyof typeof elementColumns;
export const columnNames = Object.keys(elementColumns) as ColumnName[];
/** What is shown until the reader chooses; on a narrow screen, fewer. */
export const columnsAtFirst: Record<'wide' | 'narrow', readonly ColumnName[]> = {
  wide: ['clicks', 'share', 'hovers', 'rage', 'dead'],
  narrow: ['clicks', 'share', 'rage'],
};

/** What a layer's reader wants to see first. */
export function columnOf(layer: Layer): ColumnName {
  const columns: Partial<Record<Layer, ColumnName>> = {
    tap: 'taps',
    rage: 'rage',
    dead: 'dead',
    hesitation: 'hesitation',
    field: 'abandons',
    move: 'hoverMs',
    hover: 'hoverMs',
  };
  return columns[layer] ?? 'clicks';
}

export interface Sorting {
  by: ColumnName | 'name';
  descending: boolean;
}

/** The same column again turns the order round; another begins with its largest (names with A). */
export function sortedBy(sorting: Sorting, by: Sorting['by']): Sorting {
  return sorting.by === by ? { by, descending: !sorting.descending } : { by, descending: by !== 'name' };
}

interface Row {
  key: string;
  label: string;
  counts: ElementCounts;
}

/** In order; what has no value stands last either way. Equal rows keep the order of clicks, then of keys. */
export function sortRows<T extends Row>(rows: readonly T[], { by, descending }: Sorting, whole: Whole): T[] {
  const direction = descending ? -1 : 1;
  const tie = (a: T, b: T) => b.counts.clicks - a.counts.clicks || (a.key < b.key ? -1 : 1);
  return [...rows].sort((a, b) => {
    if (by === 'name') return direction * nameOf(a).localeCompare(nameOf(b), 'en') || tie(a, b);
    const column: ElementColumn = elementColumns[by];
    const [left, right] = [column.value(a.counts, whole), column.value(b.counts, whole)];
    if (left === null || right === null) return Number(left === null) - Number(right === null) || tie(a, b);
    return direction * (left - right) || tie(a, b);
  });
}

export function nameOf({ key, label }: { key: string; label: string }): string {
  return label || key || 'Elements without a name';
}

/** Column names as they are kept; unknown ones are passed over, null: none was kept. */
export function parseColumns(text: string | null): ColumnName[] | null {
  if (text === null) return null;
  const names = text.split(',');
  return columnNames.filter((name) => names.includes(name));
}
