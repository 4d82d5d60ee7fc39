import { type FormEvent, type ReactNode, useState } from 'react';
import type { SitePatch } from '../../../functions/contract/account.ts';
import { SaveButton } from '../../parts/save-button.tsx';
import { type Action, useAction } from '../../use-action.ts';
import type { SettingsProps } from './settings-props.ts';

interface Props<Draft> extends SettingsProps {
  title: string;
  /** What the fields show of the settings. */
  draftOf: (settings: SettingsProps['settings']) => Draft;
  /** What a draft would change. */
  patchOf: (draft: Draft) => SitePatch;
  /** As the API names them. */
  fields: readonly string[];
  children: (draft: Draft, change: (part: Partial<Draft>) => void, action: Action) => ReactNode;
}

/** A part of the settings, edited as a draft and saved as a whole. After that the draft is what the API made of it. */
export function SettingsForm<Draft extends object>(props: Props<Draft>) {
  const { admin, settings, onSaved, title, draftOf, patchOf, fields, children } = props;
  const [draft, setDraft] = useState(() => draftOf(settings));
  const action = useAction();
  const dirty = JSON.stringify(draft) !== JSON.stringify(draftOf(settings));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void action.run(async () => {
      const saved = await admin.change(patchOf(draft));
      setDraft(draftOf(saved));
      onSaved(saved);
    });
  };
  return (
    <form className="settings-form" onSubmit={submit}>
      <h2>{title}</h2>
      {children(draft, (part) => setDraft({ ...draft, ...part }), action)}
      <SaveButton action={action} dirty={dirty} fields={fields} />
    </form>
  );
}
