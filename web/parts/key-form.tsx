import { SecretForm } from './secret-form.tsx';

/** @param refusal why the last key was not accepted; empty when none was given yet */
export function KeyForm({ refusal, onKey }: { refusal: string; onKey: (key: string) => void }) {
  return (
    <SecretForm
      title={refusal ? 'This key is not accepted' : 'This dashboard needs a key'}
      alert={refusal}
      label="API key"
      button="Open the dashboard"
      onSecret={onKey}
    >
      <p>
        Paste an API key of the site. It is kept for this tab only. Of a SitePulse on this machine it stands in{' '}
        <code>.sitepulse/local.json</code> as <code>apiKey</code>.
      </p>
    </SecretForm>
  );
}
