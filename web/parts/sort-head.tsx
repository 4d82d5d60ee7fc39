import type { Sorting } from '../view/element-columns.ts';

interface Props {
  by: Sorting['by'];
  label: string;
  about: string;
  sorting: Sorting;
  onSort: (by: Sorting['by']) => void;
}

/** A column's head: a button that orders the rows by it. */
export function SortHead({ by, label, about, sorting, onSort }: Props) {
  const isSorted = sorting.by === by;
  const order = sorting.descending ? 'descending' : 'ascending';
  return (
    <th scope="col" aria-sort={isSorted ? order : 'none'}>
      <button type="button" title={about} onClick={() => onSort(by)} data-sort={by}>
        {label}
        <span className="sort-mark" aria-hidden="true">
          {isSorted ? (sorting.descending ? '↓' : '↑') : ''}
        </span>
      </button>
    </th>
  );
}
