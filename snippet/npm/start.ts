/**
 * What stands around the snippet in its npm module. The snippet reads its options from its own script element: this makes one for it,
 * which runs nothing. The build puts the snippet in the place of `runSnippet`.
 */
import type { Options, SitePulse } from './sitepulse.d.ts';

declare function runSnippet(script: HTMLScriptElement): void;

export function start({
  site,
  endpoint,
  manual = false,
  hash = false,
  consent = false,
  vitals = false,
}: Options): SitePulse {
  const none: SitePulse = Object.assign(() => {}, { page() {}, consent() {}, load: '', optOut() {} });
  // A server renders pages that nobody looks at yet.
  if (typeof document === 'undefined') return none;
  try {
    const script = document.createElement('script');
    script.type = 'text/plain';
    script.src = String(new URL('/s.js', endpoint));
    Object.assign(script.dataset, { site, endpoint });
    for (const [name, isSet] of Object.entries({ manual, hash, consent, vitals })) if (isSet) script.dataset[name] = '';
    // The overlay, which is another script, looks for the element to learn whose page it is on.
    if (location.hash.includes('sitepulse=')) document.head.append(script);
    runSnippet(script);
    return window.sitepulse ?? none;
  } catch {
    // The page goes on without us.
    return none;
  }
}
