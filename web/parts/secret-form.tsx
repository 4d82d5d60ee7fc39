import { type FormEvent, type ReactNode, useState } from 'react';
import { GateCard } from './gate-card.tsx';

interface Props {
  title: string;
  alert: string;
  label: string;
  button: string;
  onSecret: (secret: string) => void;
  children: ReactNode;
  /** Another way in, below. */
  instead?: ReactNode;
}

/** Asks for one secret, which no browser need remember. */
export function SecretForm({ title, alert, label, button, onSecret, children, instead }: Props) {
  const [secret, setSecret] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (secret.trim()) onSecret(secret.trim());
  };
  return (
    <GateCard title={title} alert={alert}>
      {children}
      <form onSubmit={submit}>
        <label>
          {label}
          <input
            type="password"
            autoComplete="off"
            spellCheck={false}
            value={secret}
            onChange={(event) => setSecret(event.target.value)}
          />
        </label>
        <button type="submit" className="button button-strong" disabled={!secret.trim()}>
          {button}
        </button>
      </form>
      {instead}
    </GateCard>
  );
}
