import { loadPart } from './load-part.ts';

/**
 * Where the address ends in a dashboard's ticket: takes it from there before anybody reads it, and loads `overlay.js`, which reads
 * the ticket in its own address (a hash never leaves the browser).
 * @returns the ticket: with one, this load counts nothing
 */
export function openOverlay(script: HTMLScriptElement): string | undefined {
  const [address, ticket] = location.href.split('#sitepulse=');
  if (ticket) {
    history.replaceState(history.state, '', address);
    loadPart(`overlay.js#${ticket}`, script);
  }
  return ticket;
}
