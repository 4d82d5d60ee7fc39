/**
 * Where the address ends in a dashboard's ticket: takes it from there before anybody reads it, and loads `overlay.js` from beside
 * `s.js`, which reads the ticket in its own address (a hash never leaves the browser).
 * @returns the ticket: with one, this load counts nothing
 */
export function openOverlay({ src }: HTMLScriptElement): string | undefined {
  const [address, ticket] = location.href.split('#sitepulse=');
  if (ticket) {
    history.replaceState(history.state, '', address);
    const overlay = { src: new URL(`overlay.js#${ticket}`, src) };
    document.head.append(Object.assign(document.createElement('script'), overlay));
  }
  return ticket;
}
