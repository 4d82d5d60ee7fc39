import {
  type Funnel,
  funnelStepsMax,
  funnelStepsMin,
  funnelsMax,
  goalNameLengthMax,
  type Target,
} from '../../functions/contract/goal.ts';
import { moved, without } from '../view/in-list.ts';
import { TargetFields } from './target-fields.tsx';

interface Props {
  funnels: readonly Funnel[];
  listOf: (what: Target['what']) => string;
  failure: string;
  onChange: (funnels: Funnel[]) => void;
}

const nowhere = (): Target => ({ what: 'page', match: '' });

export function FunnelsEditor({ funnels, listOf, failure, onChange }: Props) {
  const put = (at: number, funnel: Funnel) => onChange(funnels.map((one, index) => (index === at ? funnel : one)));
  return (
    <fieldset className="goals-editor">
      <legend>Funnels</legend>
      <p className="field-hint">
        Steps that a session is to reach in this order, whatever else it does in between: {funnelStepsMin} to{' '}
        {funnelStepsMax} of them.
      </p>
      {funnels.map((funnel, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a draft has no id before it is saved.
        <div className="funnel-draft" key={index} data-testid="funnel-draft">
          <div className="funnel-draft-head">
            <input
              type="text"
              required
              maxLength={goalNameLengthMax}
              aria-label={`Funnel ${index + 1}: name`}
              placeholder="Name"
              value={funnel.name}
              onChange={(event) => put(index, { ...funnel, name: event.target.value })}
            />
            <button
              type="button"
              className="button"
              aria-label={`Remove funnel ${index + 1}${funnel.name ? `, ${funnel.name}` : ''}`}
              onClick={() => onChange(without(funnels, index))}
            >
              Remove
            </button>
          </div>
          <Steps
            of={`Funnel ${index + 1}`}
            steps={funnel.steps}
            listOf={listOf}
            onChange={(steps) => put(index, { ...funnel, steps })}
          />
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
        disabled={funnels.length >= funnelsMax}
        onClick={() => onChange([...funnels, { name: '', steps: [nowhere(), nowhere()] }])}
      >
        Add a funnel
      </button>
      {funnels.length >= funnelsMax && <p className="quiet">A site has {funnelsMax} funnels at most.</p>}
    </fieldset>
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
