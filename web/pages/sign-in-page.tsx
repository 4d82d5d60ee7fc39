import { useState } from 'react';
import type { Gate } from '../gate.ts';
import { GateCard } from '../parts/gate-card.tsx';
import { KeyForm } from '../parts/key-form.tsx';

interface Props {
  gate: Gate;
  /** Why nobody is signed in; empty when nobody tried. */
  reason: string;
  isFault: boolean;
}

/** One button; whoever has only an API key finds the way for it below. */
export function SignInPage({ gate, reason, isFault }: Props) {
  const [byKey, setByKey] = useState(false);
  const [leaving, setLeaving] = useState(false);
  if (byKey) return <KeyForm refusal="" onKey={(key) => gate.giveKey(key)} onSignIn={() => setByKey(false)} />;
  const signIn = async () => {
    setLeaving(true);
    await gate.signIn();
    setLeaving(false);
  };
  return (
    <GateCard title="Sign in to SitePulse" alert={isFault ? reason : ''}>
      {!isFault && <p>{reason || 'See who is on your pages, this moment.'}</p>}
      {/* biome-ignore lint/a11y/noAutofocus: it is all that this page is for. */}
      <button type="button" className="button button-strong" onClick={signIn} disabled={leaving} autoFocus>
        {leaving ? 'Opening the sign-in …' : 'Sign in'}
      </button>
      <button type="button" className="link-button" onClick={() => setByKey(true)}>
        Use an API key instead
      </button>
    </GateCard>
  );
}
