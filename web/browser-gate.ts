import { loadConfiguration } from './config.ts';
import { Gate } from './gate.ts';
import { openShare, signOutEverywhere } from './live/public-api.ts';
import { forget, forgetAll, keep, kept } from './session-keep.ts';

/** Loaded when there is something to say to the issuer. */
const oidc = () => import('./live/oidc.ts');

/** The gate of this browser tab. Signing out in one tab ends the others, too. */
export function browserGate(): Gate {
  const otherTabs = new BroadcastChannel('sitepulse');
  const gate = new Gate({
    loadConfiguration,
    // What fails here fails again, and is told, when it is needed.
    expectOidc: () => void oidc().catch(() => {}),
    openOidc: async (client, server) => (await oidc()).openOidc({ client, server, now: Date.now }),
    openShare,
    signOutEverywhere,
    kept,
    keep,
    forget,
    forgetAll,
    address: () => new URL(location.href),
    replaceAddress: (address) => history.replaceState(null, '', address),
    go: (url) => location.assign(url),
    tellSignedOut: () => otherTabs.postMessage('signed-out'),
    now: Date.now,
  });
  otherTabs.onmessage = () => {
    const state = gate.getSnapshot();
    if (state.name === 'open' && state.access.kind === 'user') gate.ended('You signed out in another tab.');
  };
  void gate.start();
  return gate;
}
