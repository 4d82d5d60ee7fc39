import { useState } from 'react';

interface Props {
  /** Makes the picture and saves it. */
  savePicture: () => Promise<void>;
  saveTable: () => void;
}

/** The map as a picture, the elements as a table. */
export function ExportButtons({ savePicture, saveTable }: Props) {
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
      <button type="button" className="button" data-testid="save-csv" onClick={saveTable}>
        Save CSV
      </button>
      {failure && <p role="alert">{failure}</p>}
    </div>
  );
}
