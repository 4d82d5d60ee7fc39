import { type FormEvent, useState } from 'react';
import { Logo } from './logo.tsx';

interface Props {
  site: string;
  /** Why the last key was not accepted; empty when none was given yet. */
  refusal: string;
  onKey: (key: string) => void;
}

export function KeyForm({ site, refusal, onKey }: Props) {
  const [key, setKey] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (key.trim()) onKey(key.trim());
  };
  return (
    <main className="key-page">
      <form className="card key-form" onSubmit={submit}>
        <Logo />
        <h1>{refusal ? 'This key is not accepted' : 'This dashboard needs a key'}</h1>
        <p>
          Paste an API key of the site <strong>{site}</strong>. Locally, it stands in <code>.sitepulse/local.json</code>{' '}
          as <code>apiKey</code> and <code>npm start</code> passes it on by itself. It is kept for this tab only.
        </p>
        {refusal && (
          <p className="key-refusal" role="alert">
            {refusal}
          </p>
        )}
        <label>
          API key
          <input
            type="password"
            autoComplete="off"
            spellCheck={false}
            value={key}
            onChange={(event) => setKey(event.target.value)}
          />
        </label>
        <button type="submit" className="button button-strong" disabled={!key.trim()}>
          Open the dashboard
        </button>
      </form>
    </main>
  );
}
