import { useId } from 'react';
import { targetKinds } from '../../../functions/contract/goal.ts';
import { FunnelsEditor } from '../../parts/funnels-editor.tsx';
import { GoalsEditor } from '../../parts/goals-editor.tsx';
import { useAnswer } from '../../use-live.ts';
import { loadSeenTargets, nothingSeen } from './seen-targets.ts';
import { SettingsForm } from './settings-form.tsx';
import type { SettingsProps } from './settings-props.ts';

/** What visitors are to reach. What the site has seen is suggested; what it has not may be written all the same. */
export function GoalsTab(props: SettingsProps) {
  const { session, zone } = props;
  const { value: seen, error } = useAnswer('seen targets', () => loadSeenTargets(session.api, Date.now(), zone), 0);
  const id = useId();
  const listOf = (what: string) => `${id}-${what}`;
  return (
    <SettingsForm
      {...props}
      title="Goals and funnels"
      fields={['goals', 'funnels']}
      draftOf={({ goals, funnels }) => ({ goals, funnels })}
      patchOf={(draft) => draft}
    >
      {(draft, change, action) => (
        <>
          <p className="settings-note">
            They are counted from when they are saved. A new name or another order of the list changes no figure; what
            is reached otherwise than before is a new goal or funnel, and its counts begin anew.
          </p>
          <GoalsEditor
            goals={draft.goals}
            listOf={listOf}
            failure={action.failureAt('goals')}
            onChange={(goals) => change({ goals })}
          />
          <FunnelsEditor
            funnels={draft.funnels}
            listOf={listOf}
            failure={action.failureAt('funnels')}
            onChange={(funnels) => change({ funnels })}
          />
          {error && !seen && <p className="quiet">Nothing is suggested: {error.message}</p>}
          {targetKinds.map((what) => (
            <datalist key={what} id={listOf(what)}>
              {(seen ?? nothingSeen)[what].map((match) => (
                <option key={match} value={match} />
              ))}
            </datalist>
          ))}
        </>
      )}
    </SettingsForm>
  );
}
