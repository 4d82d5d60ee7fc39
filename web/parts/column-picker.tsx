import { type ColumnName, columnNames, elementColumns } from '../view/element-columns.ts';

interface Props {
  chosen: readonly ColumnName[];
  onChoose: (names: ColumnName[]) => void;
}

/** Which columns the table has. */
export function ColumnPicker({ chosen, onChoose }: Props) {
  const choose = (name: ColumnName, isShown: boolean) =>
    onChoose(columnNames.filter((each) => (each === name ? isShown : chosen.includes(each))));
  return (
    <details
      className="column-picker"
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.open = false;
      }}
    >
      <summary className="button">Columns</summary>
      <div className="column-choices">
        {columnNames.map((name) => (
          <label key={name} title={elementColumns[name].about}>
            <input
              type="checkbox"
              checked={chosen.includes(name)}
              onChange={({ target }) => choose(name, target.checked)}
            />
            {elementColumns[name].label}
          </label>
        ))}
      </div>
    </details>
  );
}
