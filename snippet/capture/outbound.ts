import { kind } from '../../functions/contract/event.ts';
import { nearest } from '../element-key.ts';
import { elementOf, on } from '../platform.ts';
import type { Pulse } from '../pulse.ts';

const files = /\.(pdf|zip|gz|dmg|exe|apk|csv|xlsx?|docx?|pptx?|mp[34])$/i;

/** Clicks on links that lead to another host, or to a file. */
export function startOutbound(pulse: Pulse): void {
  on('click auxclick', (event: MouseEvent) => {
    const link = nearest(elementOf(event), 'a[href]') as HTMLAnchorElement | undefined;
    if (!link || event.button > 1 || !event.isTrusted || !/^http/.test(link.protocol)) return;
    const { origin, host, pathname } = link;
    const isFile = link.hasAttribute('download') || files.test(pathname);
    if (isFile || host !== location.host) pulse.add([isFile ? kind.download : kind.outbound, 0, 0, origin + pathname]);
  });
}
