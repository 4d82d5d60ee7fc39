import { CopyText } from './copy-text.tsx';
import { Notice } from './notice.tsx';

/** A secret that is shown now and never again: only its hash is kept. */
export function OnceShown({ title, label, text }: { title: string; label: string; text: string }) {
  return (
    <Notice title={title} tone="calm">
      <p>Copy it now: it is not shown again.</p>
      <CopyText label={label} text={text} />
    </Notice>
  );
}
