/** Of a session that has a page visible now. */
export function LiveMark() {
  return (
    <span className="live-mark">
      <span className="pulse" aria-hidden="true" />
      live
    </span>
  );
}
