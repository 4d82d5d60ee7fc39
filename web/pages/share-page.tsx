import type { Gate } from '../gate.ts';
import { GateCard } from '../parts/gate-card.tsx';
import { SecretForm } from '../parts/secret-form.tsx';

/** A share link that does not open by itself: it wants its password, or is over. */
export function SharePage({ gate, refusal, needsPassword }: { gate: Gate; refusal: string; needsPassword: boolean }) {
  if (!needsPassword) {
    return (
      <GateCard title="This link does not open" alert={refusal}>
        <p>Ask whoever gave it to you for another one, or sign in.</p>
        <button type="button" className="button button-strong" onClick={() => gate.giveSharePassword('')}>
          Try again
        </button>
        <button type="button" className="link-button" onClick={() => gate.leaveShare()}>
          Sign in instead
        </button>
      </GateCard>
    );
  }
  return (
    <SecretForm
      title="This dashboard is shared with a password"
      alert={refusal}
      label="Password"
      button="Open the dashboard"
      onSecret={(password) => void gate.giveSharePassword(password)}
    >
      <p>Whoever sent you the link knows it.</p>
    </SecretForm>
  );
}
