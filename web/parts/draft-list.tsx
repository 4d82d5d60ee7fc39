import { Fragment, type ReactNode } from 'react';
import { goalNameLengthMax } from '../../functions/contract/goal.ts';
import { without } from '../view/in-list.ts';

/** One draft, and the parts that all have. */
export interface DraftParts<T> {
  draft: T;
  /** Names its fields for who can't see them: `Goal 2`. */
  of: string;
  change: (part: Partial<T>) => void;
  nameField: ReactNode;
  removeButton: ReactNode;
}

interface Props<T> {
  noun: 'goal' | 'funnel';
  hint: string;
  drafts: readonly T[];
  max: number;
  failure: string;
  /** What is added. */
  fresh: () => T;
  onChange: (drafts: T[]) => void;
  children: (parts: DraftParts<T>) => ReactNode;
}

/** Goals or funnels before they are saved: named, added and removed. */
export function DraftList<T extends { name: string }>(props: Props<T>) {
  const { noun, hint, drafts, max, failure, fresh, onChange, children } = props;
  const title = `${noun[0]?.toUpperCase()}${noun.slice(1)}`;
  const isFull = drafts.length >= max;
  return (
    <fieldset className="draft-list">
      <legend>{title}s</legend>
      <p className="field-hint">{hint}</p>
      {drafts.map((draft, index) => {
        const of = `${title} ${index + 1}`;
        const change = (part: Partial<T>) =>
          onChange(drafts.map((one, at) => (at === index ? { ...one, ...part } : one)));
        const parts = {
          draft,
          of,
          change,
          nameField: (
            <input
              type="text"
              required
              maxLength={goalNameLengthMax}
              aria-label={`${of}: name`}
              placeholder="Name"
              value={draft.name}
              onChange={({ target }) => change({ name: target.value } as Partial<T>)}
            />
          ),
          removeButton: (
            <button
              type="button"
              className="button"
              aria-label={`Remove ${noun} ${index + 1}${draft.name && `, ${draft.name}`}`}
              onClick={() => onChange(without(drafts, index))}
            >
              Remove
            </button>
          ),
        };
        // biome-ignore lint/suspicious/noArrayIndexKey: a draft has no id before it is saved.
        return <Fragment key={index}>{children(parts)}</Fragment>;
      })}
      {failure && (
        <p className="field-failure" role="alert">
          {failure}
        </p>
      )}
      <button type="button" className="button" disabled={isFull} onClick={() => onChange([...drafts, fresh()])}>
        Add a {noun}
      </button>
      {isFull && (
        <p className="quiet">
          A site has {max} {noun}s at most.
        </p>
      )}
    </fieldset>
  );
}
