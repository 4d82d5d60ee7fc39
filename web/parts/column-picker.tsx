import { type ColumnName, columnNames, elementColumns } from '../view/element-columns.ts';
import { DropDown } from './drop-down.tsx';

interface Props {
  chosen: readonly ColumnName[];
  onChoose: (names: ColumnName[]) => void;
}

/** Which columns the table has. */
export function ColumnPicker({ chosen, onChoose }: Props) {
  const choose = (name: ColumnName, isShown: boolean) =>
    onChoose(columnNames.filter((each) => (each === name ? isShown : chosen.includes(each))));
  return (
    <DropDown label="Columns" className="column-picker">
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
    </DropDown>
  );
}
