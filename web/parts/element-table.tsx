import { useEffect, useMemo, useRef, useState } from 'react';
import { keepColumns, keptColumns } from '../kept-columns.ts';
import {
  type ColumnName,
  columnNames,
  columnOf,
  type ElementColumn,
  elementColumns,
  nameOf,
  type Sorting,
  sortedBy,
  sortRows,
  type Whole,
} from '../view/element-columns.ts';
import type { PlacedElement } from '../view/heatmap-view.ts';
import type { Layer } from '../view/layer.ts';
import { formatWhole } from '../view/number-format.ts';
import { Card } from './card.tsx';
import { ColumnPicker } from './column-picker.tsx';
import { SortHead } from './sort-head.tsx';

interface Props {
  elements: readonly PlacedElement[];
  /** False while they are being asked. */
  isKnown: boolean;
  whole: Whole;
  layer: Layer;
  /** Outlined on the map. */
  pointed: string;
  /** A new object asks to show that element's row. */
  chosen: { key: string };
  onPoint: (key: string) => void;
  /** The reader wants to see the element on the map. */
  onReveal: (key: string) => void;
}

const rowsAtFirst = 60;

/** The same counters as the map's heat, by element. Pointing at a row outlines it on the map, and the other way round. */
export function ElementTable({ elements, isKnown, whole, layer, pointed, chosen, onPoint, onReveal }: Props) {
  const [columns, setColumns] = useState(keptColumns);
  const [sorting, setSorting] = useState<Sorting>({ by: columnOf(layer), descending: true });
  const [isWhole, setIsWhole] = useState(false);
  const body = useRef<HTMLTableSectionElement>(null);
  useEffect(() => {
    setSorting({ by: columnOf(layer), descending: true });
  }, [layer]);
  const touched = useMemo(
    () => elements.filter(({ counts }) => Object.values(counts).some((count) => count > 0)),
    [elements],
  );
  const rows = useMemo(() => sortRows(touched, sorting, whole), [touched, sorting, whole]);
  const shown = isWhole ? rows : rows.slice(0, rowsAtFirst);
  const extra = shown.some(({ key }) => key === chosen.key)
    ? undefined
    : elements.find(({ key }) => key === chosen.key);
  useEffect(() => {
    const row = [...(body.current?.rows ?? [])].find(({ dataset }) => dataset.key === chosen.key);
    row?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const choose = (names: ColumnName[]) => {
    setColumns(names);
    keepColumns(names);
  };
  // What the layer is about stands first, and what the rows are ordered by is always to be seen.
  const lead = columnOf(layer);
  const others = columnNames.filter((name) => name !== lead && (columns.includes(name) || name === sorting.by));
  const shownColumns = [lead, ...others];
  const head = { sorting, onSort: (by: Sorting['by']) => setSorting(sortedBy(sorting, by)) };
  return (
    <Card
      title="Elements"
      note={`${formatWhole(touched.length)} touched`}
      action={<ColumnPicker chosen={columns} onChoose={choose} />}
      className="element-card"
    >
      <div className="table-scroll">
        <table data-testid="element-table">
          <thead>
            <tr>
              <SortHead by="name" label="Element" about="By name" {...head} />
              {shownColumns.map((name) => (
                <SortHead key={name} by={name} {...elementColumns[name]} {...head} />
              ))}
            </tr>
          </thead>
          <tbody ref={body} onMouseLeave={() => onPoint('')}>
            {[...(extra ? [extra] : []), ...shown].map((element) => (
              <tr
                key={element.key}
                tabIndex={0}
                data-key={element.key}
                className={`${element.key === pointed ? 'is-pointed' : ''} ${element.key === chosen.key ? 'is-chosen' : ''}`}
                onMouseEnter={() => onPoint(element.key)}
                onClick={() => onReveal(element.key)}
                onKeyDown={(event) => event.key === 'Enter' && onReveal(element.key)}
                onFocus={() => onPoint(element.key)}
                onBlur={() => onPoint('')}
              >
                <Cells element={element} columns={shownColumns} whole={whole} />
              </tr>
            ))}
          </tbody>
        </table>
        {touched.length === 0 && (
          <p className="quiet">{isKnown ? 'Nothing was clicked or pointed at in this time.' : 'Loading …'}</p>
        )}
      </div>
      {rows.length > shown.length && (
        <button type="button" className="button more-rows" onClick={() => setIsWhole(true)}>
          Show {formatWhole(rows.length - shown.length)} more
        </button>
      )}
    </Card>
  );
}

function Cells({ element, columns, whole }: { element: PlacedElement; columns: readonly ColumnName[]; whole: Whole }) {
  const { key, label, counts } = element;
  return (
    <>
      <th scope="row" title={key}>
        <span>{nameOf(element)}</span>
        {label && <code>{key}</code>}
      </th>
      {columns.map((name) => {
        const column: ElementColumn = elementColumns[name];
        const value = column.value(counts, whole);
        return (
          <td key={name} className={(name === 'rage' || name === 'dead') && counts[name] > 0 ? 'is-rage' : ''}>
            {value === null ? '–' : column.format(value)}
          </td>
        );
      })}
    </>
  );
}
