/** In place of a list that is not there yet, cannot be had, or is empty. Nothing when there is something to show. */
export function ListState({
  value,
  failure,
  empty,
}: {
  value: readonly unknown[] | null;
  failure: string;
  empty: string;
}) {
  if (failure) {
    return (
      <p className="field-failure" role="alert">
        {failure}
      </p>
    );
  }
  if (!value) return <div className="app-loading" role="status" aria-label="Loading the list" />;
  return value.length === 0 ? <p className="quiet">{empty}</p> : null;
}
