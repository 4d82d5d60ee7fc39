import { SecretForm } from './secret-form.tsx';

interface Props {
  /** Why the last key was not accepted; empty when none was given yet. */
  refusal: string;
  onKey: (key: string) => void;
  /** Back to signing in, where that is possible. */
  onSignIn?: () => void;
}

export function KeyForm({ refusal, onKey, onSignIn }: Props) {
  return (
    <SecretForm
      title={refusal ? 'This key is not accepted' : 'This dashboard needs a key'}
      alert={refusal}
      label="API key"
      button="Open the dashboard"
      onSecret={onKey}
      instead={
        onSignIn && (
          <button type="button" className="link-button" onClick={onSignIn}>
            Sign in instead
          </button>
        )
      }
    >
      <p>
        Paste an API key of the site. It is kept for this tab only. Of a SitePulse on this machine it stands in{' '}
        <code>.sitepulse/local.json</code> as <code>apiKey</code>.
      </p>
    </SecretForm>
  );
}
