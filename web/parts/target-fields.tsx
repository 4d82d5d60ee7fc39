import { type Target, targetKinds } from '../../functions/contract/goal.ts';
import { targetExample, targetKindName } from '../view/goal-text.ts';

interface Props {
  /** Names the fields for who can't see them: `Goal 2`. */
  of: string;
  target: Target;
  /** The ids of lists with what was seen of each kind. */
  listOf: (what: Target['what']) => string;
  onChange: (target: Target) => void;
}

/** What is to be reached: a kind, and which of that kind. */
export function TargetFields({ of, target, listOf, onChange }: Props) {
  const { what, match } = target;
  return (
    <>
      <select
        aria-label={`${of}: what reaches it`}
        value={what}
        onChange={(event) => {
          const chosen = targetKinds.find((kind) => kind === event.target.value);
          if (chosen) onChange({ what: chosen, match });
        }}
      >
        {targetKinds.map((kind) => (
          <option key={kind} value={kind}>
            {targetKindName[kind]}
          </option>
        ))}
      </select>
      <input
        type="text"
        required
        spellCheck={false}
        aria-label={`${of}: ${targetKindName[what].toLowerCase()}`}
        placeholder={targetExample[what]}
        list={listOf(what)}
        value={match}
        onChange={(event) => onChange({ what, match: event.target.value })}
      />
    </>
  );
}
