import { useRef, useState } from 'react';

interface Props {
  /** What it is, for whoever does not see it. */
  label: string;
  text: string;
  /** Several lines of code rather than one. */
  isBlock?: boolean;
}

/** A text to be taken elsewhere, and the button that takes it. */
export function CopyText({ label, text, isBlock = false }: Props) {
  const [said, setSaid] = useState('');
  const code = useRef<HTMLElement>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('Copied');
    } catch {
      // A browser that lets no page write there: it is selected, and the keyboard does the rest.
      if (code.current) getSelection()?.selectAllChildren(code.current);
      setSaid('Press Ctrl+C');
    }
  };
  return (
    <div className={isBlock ? 'copy-text copy-block' : 'copy-text'}>
      <pre>
        <code ref={code}>{text}</code>
      </pre>
      <button type="button" className="button" onClick={copy} aria-label={`Copy ${label}`}>
        <span aria-live="polite">{said || 'Copy'}</span>
      </button>
    </div>
  );
}
