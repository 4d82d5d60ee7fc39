import type { Action } from '../use-action.ts';

interface Props {
  action: Action;
  label?: string;
  /** Whether there is something to send. */
  dirty?: boolean;
  /** The fields of the form: what is wrong with them stands beside them. */
  fields: readonly string[];
}

/** Sends a form, says that it was taken, or what is wrong with it as a whole. */
export function SaveButton({ action, label = 'Save', dirty = true, fields }: Props) {
  const failure = action.failureBeside(fields);
  return (
    <div className="save-row">
      <button type="submit" className="button button-strong" disabled={action.busy || !dirty}>
        {action.busy ? 'Saving …' : label}
      </button>
      {failure && (
        <span role="alert" className="field-failure">
          {failure}
        </span>
      )}
      <span role="status" className="quiet">
        {action.done && !dirty ? 'Saved.' : ''}
      </span>
    </div>
  );
}
