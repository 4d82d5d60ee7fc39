import { type Goal, goalsMax, type Target } from '../../functions/contract/goal.ts';
import { DraftList } from './draft-list.tsx';
import { TargetFields } from './target-fields.tsx';

interface Props {
  goals: readonly Goal[];
  listOf: (what: Target['what']) => string;
  failure: string;
  onChange: (goals: Goal[]) => void;
}

export function GoalsEditor({ goals, listOf, failure, onChange }: Props) {
  return (
    <DraftList<Goal>
      noun="goal"
      hint="Counted each time that it is reached, and once for a session. A page is named as it counts, after the path rules."
      drafts={goals}
      max={goalsMax}
      failure={failure}
      fresh={() => ({ name: '', what: 'page', match: '' })}
      onChange={onChange}
    >
      {({ draft, of, change, nameField, removeButton }) => (
        <div className="goal-row" data-testid="goal-row">
          {nameField}
          <TargetFields of={of} target={draft} listOf={listOf} onChange={change} />
          {removeButton}
        </div>
      )}
    </DraftList>
  );
}
