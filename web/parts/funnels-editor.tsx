import { type Funnel, funnelStepsMax, funnelStepsMin, funnelsMax, type Target } from '../../functions/contract/goal.ts';
import { moved, without } from '../view/in-list.ts';
import { DraftList } from './draft-list.tsx';
import { TargetFields } from './target-fields.tsx';

interface Props {
  funnels: readonly Funnel[];
  listOf: (what: Target['what']) => string;
  failure: string;
  onChange: (funnels: Funnel[]) => void;
}

const nowhere = (): Target => ({ what: 'page', match: '' });

export function FunnelsEditor({ funnels, listOf, failure, onChange }: Props) {
  return (
    <DraftList<Funnel>
      noun="funnel"
      hint={`Steps that a session is to reach in this order, whatever else it does in between: ${funnelStepsMin} to ${funnelStepsMax} of them.`}
      drafts={funnels}
      max={funnelsMax}
      failure={failure}
      fresh={() => ({ name: '', steps: [nowhere(), nowhere()] })}
      onChange={onChange}
    >
      {({ draft, of, change, nameField, removeButton }) => (
        <div className="funnel-draft" data-testid="funnel-draft">
          <div className="funnel-draft-head">
            {nameField}
            {removeButton}
          </div>
          <Steps of={of} steps={draft.steps} listOf={listOf} onChange={(steps) => change({ steps })} />
        </div>
      )}
    </DraftList>
  );
}

interface StepsProps extends Pick<Props, 'listOf'> {
  of: string;
  steps: readonly Target[];
  onChange: (steps: Target[]) => void;
}

function Steps({ of, steps, listOf, onChange }: StepsProps) {
  return (
    <>
      <ol className="funnel-draft-steps">
        {steps.map((step, index) => {
          const name = `${of}, step ${index + 1}`;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps may be alike, and are told apart by their place alone.
            <li className="step-row" key={index}>
              <TargetFields
                of={name}
                target={step}
                listOf={listOf}
                onChange={(target) => onChange(steps.map((one, at) => (at === index ? target : one)))}
              />
              <button
                type="button"
                className="icon-button"
                aria-label={`${name}: earlier`}
                disabled={index === 0}
                onClick={() => onChange(moved(steps, index, index - 1))}
              >
                ↑
              </button>
              <button
                type="button"
                className="icon-button"
                aria-label={`${name}: later`}
                disabled={index === steps.length - 1}
                onClick={() => onChange(moved(steps, index, index + 1))}
              >
                ↓
              </button>
              <button
                type="button"
                className="icon-button"
                aria-label={`${name}: remove`}
                disabled={steps.length <= funnelStepsMin}
                onClick={() => onChange(without(steps, index))}
              >
                ×
              </button>
            </li>
          );
        })}
      </ol>
      <button
        type="button"
        className="button"
        aria-label={`${of}: add a step`}
        disabled={steps.length >= funnelStepsMax}
        onClick={() => onChange([...steps, nowhere()])}
      >
        Add a step
      </button>
    </>
  );
}
