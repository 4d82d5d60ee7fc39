/**
 * The origin that a batch is judged by. Browsers set the header themselves; servers that send have none, and browsers write
 * `null` where the page's referrer policy forbids more (beacons under `no-referrer`): then the batch's own word counts.
 * The check keeps strangers' pages out of a site's numbers; it is no proof against a script, which can write any header.
 */
export function senderOrigin(header: string | undefined, claimed: string): string {
  return header === undefined || header === '' || header === 'null' ? claimed : header;
}
