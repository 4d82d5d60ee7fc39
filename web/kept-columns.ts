import { keep, kept } from './session-keep.ts';
import { type ColumnName, columnsAtFirst, parseColumns } from './view/element-columns.ts';

const columnsInSession = 'sitepulse.columns';

/** The columns that the reader chose; until then, as many as the screen has room for. */
export function keptColumns(): readonly ColumnName[] {
  const isNarrow = matchMedia('(max-width: 720px)').matches;
  return parseColumns(kept(columnsInSession)) ?? columnsAtFirst[isNarrow ? 'narrow' : 'wide'];
}

export function keepColumns(names: readonly ColumnName[]): void {
  keep(columnsInSession, names.join(','));
}
