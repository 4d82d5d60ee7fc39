import { type Goal, goalNameLengthMax, goalsMax, type Target } from '../../functions/contract/goal.ts';
import { without } from '../view/in-list.ts';
import { TargetFields } from './target-fields.tsx';

interface Props {
  goals: readonly Goal[];
  listOf: (what: Target['what']) => string;
  failure: string;
  onChange: (goals: Goal[]) => void;
}

export function GoalsEditor({ goals, listOf, failure, onChange }: Props) {
  const put = (at: number, goal: Goal) => onChange(goals.map((one, index) => (index === at ? goal : one)));
  return (
    <fieldset className="goals-editor">
      <legend>Goals</legend>
      <p className="field-hint">
        Counted each time that it is reached, and once for a session. A page is named as it counts, after the path
        rules.
      </p>
      {goals.map((goal, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a draft has no id before it is saved.
        <div className="goal-row" key={index} data-testid="goal-row">
          <input
            type="text"
            required
            maxLength={goalNameLengthMax}
            aria-label={`Goal ${index + 1}: name`}
            placeholder="Name"
            value={goal.name}
            onChange={(event) => put(index, { ...goal, name: event.target.value })}
          />
          <TargetFields
            of={`Goal ${index + 1}`}
            target={goal}
            listOf={listOf}
            onChange={(target) => put(index, { ...goal, ...target })}
          />
          <button
            type="button"
            className="button"
            aria-label={`Remove goal ${index + 1}${goal.name ? `, ${goal.name}` : ''}`}
            onClick={() => onChange(without(goals, index))}
          >
            Remove
          </button>
        </div>
      ))}
      {failure && (
        <p className="field-failure" role="alert">
          {failure}
        </p>
      )}
      <button
        type="button"
        className="button"
        disabled={goals.length >= goalsMax}
        onClick={() => onChange([...goals, { name: '', what: 'page', match: '' }])}
      >
        Add a goal
      </button>
      {goals.length >= goalsMax && <p className="quiet">A site has {goalsMax} goals at most.</p>}
    </fieldset>
  );
}
