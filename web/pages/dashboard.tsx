import type { Gate } from '../gate.ts';
import { KeyForm } from '../parts/key-form.tsx';
import { Notice } from '../parts/notice.tsx';
import { useGate } from '../use-gate.ts';
import { AccountView } from './account-view.tsx';
import { SharePage } from './share-page.tsx';
import { SignInPage } from './sign-in-page.tsx';

/** Lets the reader in, and then shows what they may see. */
export function Dashboard({ gate }: { gate: Gate }) {
  const state = useGate(gate);
  switch (state.name) {
    case 'opening':
      return <div className="app-loading" role="status" aria-label="Loading" />;
    case 'broken':
      return (
        <Notice title="The dashboard has no configuration" tone="error">
          <p>{state.message}</p>
          <p>
            Run <code>npm start</code> and open the address it prints, or put a <code>config.json</code> with apiUrl and
            socketUrl next to this page.
          </p>
        </Notice>
      );
    case 'key':
      return <KeyForm refusal={state.refusal} onKey={(key) => gate.giveKey(key)} />;
    case 'signed-out':
      return <SignInPage gate={gate} reason={state.reason} isFault={state.isFault} />;
    case 'share':
      return <SharePage gate={gate} refusal={state.refusal} needsPassword={state.needsPassword} />;
    case 'open':
      return <AccountView gate={gate} configuration={state.configuration} access={state.access} />;
  }
}
