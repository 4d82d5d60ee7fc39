import { type ReactNode, useState } from 'react';

interface Props {
  /** Makes the picture and saves it. */
  savePicture: () => Promise<void>;
  saveTable: () => void;
  /** What else is saved. */
  children: ReactNode;
}

/** The map as a picture, the elements as a table. */
export function ExportButtons({ savePicture, saveTable, children }: Props) {
  const [isSaving, setSaving] = useState(false);
  const [failure, setFailure] = useState('');
  const save = async () => {
    setSaving(true);
    setFailure('');
    try {
      await savePicture();
    } catch (error) {
      setFailure(`The picture could not be made: ${error instanceof Error ? error.message : String(error)}`);
    }
    setSaving(false);
  };
  return (
    <div className="export-buttons">
      <button type="button" className="button" disabled={isSaving} data-testid="save-png" onClick={save}>
        Save PNG
      </button>
      <button
        type="button"
        className="button"
        data-testid="save-csv"
        title="The table as it is shown"
        onClick={saveTable}
      >
        Save CSV
      </button>
      {children}
      {failure && <p role="alert">{failure}</p>}
    </div>
  );
}
