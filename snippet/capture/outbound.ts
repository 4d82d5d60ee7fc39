import { kind, urlLengthMax } from '../../functions/contract/event.ts';
import { nearest } from '../element-key.ts';
import { elementOf, on } from '../platform.ts';
import type { Pulse } from '../pulse.ts';
import { isIgnored } from './see-element.ts';

const files =
  /\.(pdf|zip|gz|tgz|rar|7z|dmg|exe|msi|pkg|apk|iso|csv|xlsx?|docx?|pptx?|odt|ods|epub|mp3|mp4|mov|avi|wav|txt|json|xml)$/i;

/** Clicks on links that lead to another host, or to a file. */
export function startOutbound(pulse: Pulse): void {
  on(window, 'click auxclick', (event: MouseEvent) => {
    const element = elementOf(event);
    const link = nearest(element, 'a[href]') as HTMLAnchorElement | undefined;
    if (!element || !link || event.button > 1 || !event.isTrusted || isIgnored(element)) return;
    // An SVG link's `href` is no string; resolving the attribute does for both.
    const { protocol, host, origin, pathname } = new URL(link.getAttribute('href') || '', document.baseURI);
    if (!/^http/.test(protocol)) return;
    const url = (origin + pathname).slice(0, urlLengthMax);
    if (link.hasAttribute('download') || files.test(pathname)) pulse.add([kind.download, 0, 0, url]);
    else if (host !== location.host) pulse.add([kind.outbound, 0, 0, url]);
  });
}
