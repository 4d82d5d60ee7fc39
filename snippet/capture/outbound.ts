import { kind } from '../../functions/contract/event.ts';
import { nearest } from '../element-key.ts';
import type { Pulse } from '../pulse.ts';

/** Counts a click on `element` that leads to another host, or to a file. */
export function followLink(pulse: Pulse, element: Element): void {
  const link = nearest(element, 'a[href]') as HTMLAnchorElement | undefined;
  if (!link || !/^http/.test(link.protocol)) return;
  const { origin, host, pathname } = link;
  const isFile =
    link.hasAttribute('download') || /\.(pdf|zip|gz|dmg|exe|apk|csv|xlsx?|docx?|pptx?|mp[34])$/i.test(pathname);
  if (isFile || host !== location.host) pulse.add([isFile ? kind.download : kind.outbound, 0, 0, origin + pathname]);
}
