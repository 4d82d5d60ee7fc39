/** What is scrolled: the document, or where that does not scroll, the pane that fills the middle. */
export function scroller(): Element {
  const root = document.documentElement;
  let at = root.scrollHeight > innerHeight ? root : document.elementFromPoint(innerWidth / 2, innerHeight / 2);
  while (at && at.scrollHeight <= at.clientHeight) at = at.parentElement;
  return at || root;
}
