import { useState } from 'react';
import { type FileFormat, fileFormats } from '../../functions/contract/export-file.ts';
import type { Api, Span } from '../live/api.ts';
import { saveFile } from '../save-file.ts';
import { useAction } from '../use-action.ts';
import type { ExportChoice } from '../view/export-choices.ts';
import { DropDown } from './drop-down.tsx';
import { Segmented } from './segmented.tsx';

interface Props {
  api: Pick<Api, 'file'>;
  choices: readonly ExportChoice[];
  /** The range that is shown, when it is asked for. */
  span: () => Span;
  /** What is made here, of what the page shows. */
  made?: readonly { name: string; label: string; save: () => void | Promise<void> }[];
}

const formatLabel: Record<FileFormat, string> = { csv: 'CSV', json: 'JSON', ndjson: 'NDJSON' };

/** Saves what is shown, in full, as the API's files. */
export function ExportMenu({ api, choices, span, made = [] }: Props) {
  const [format, setFormat] = useState<FileFormat>('csv');
  const [saved, setSaved] = useState('');
  const action = useAction();
  const save = (choice: ExportChoice) => {
    setSaved('');
    return action.run(async () => {
      const { name, content, isWhole } = await api.file({ ...span(), ...choice.query, format });
      saveFile(name, content);
      setSaved(isWhole ? `Saved ${name}` : `Saved the beginning of ${name}: of a shorter time it would be all`);
    });
  };
  const failure = action.failureBeside([]);
  return (
    <DropDown label="Export" className="export-menu" testId="export">
      <Segmented label="Format" options={fileFormats} labels={formatLabel} value={format} onChange={setFormat} />
      {choices.map((choice) => (
        <button
          key={choice.name}
          type="button"
          className="menu-item"
          // Not disabled: the focus would be lost, and Escape with it.
          aria-disabled={action.busy}
          data-testid={`export-${choice.name}`}
          onClick={() => !action.busy && void save(choice)}
        >
          {choice.label}
        </button>
      ))}
      {made.length > 0 && <hr />}
      {made.map(({ name, label, save: saveMade }) => (
        <button
          key={name}
          type="button"
          className="menu-item"
          aria-disabled={action.busy}
          data-testid={`save-${name}`}
          onClick={() => !action.busy && void action.run(async () => saveMade())}
        >
          {label}
        </button>
      ))}
      {failure ? <p role="alert">{failure}</p> : <p role="status">{action.busy ? 'Preparing …' : saved}</p>}
    </DropDown>
  );
}
