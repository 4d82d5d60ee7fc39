import { monthlyBudgetUsdMax } from '../../../functions/contract/account.ts';
import { CheckField } from '../../parts/check-field.tsx';
import { LinesField } from '../../parts/lines-field.tsx';
import { NumberField } from '../../parts/number-field.tsx';
import { linesOf } from '../../view/lines.ts';
import { SettingsForm } from './settings-form.tsx';
import type { SettingsProps } from './settings-props.ts';

export function CapturesTab(props: SettingsProps) {
  return (
    <SettingsForm
      {...props}
      title="Captures, sampling and budget"
      fields={['hideSelectors', 'movesSampledPercent', 'monthlyBudgetUsd']}
      draftOf={({ captures, movesSampledPercent, monthlyBudgetUsd }) => ({
        enabled: captures.enabled,
        hidden: captures.hideSelectors.join('\n'),
        percent: String(movesSampledPercent),
        budget: monthlyBudgetUsd === null ? '' : String(monthlyBudgetUsd),
      })}
      patchOf={({ enabled, hidden, percent, budget }) => ({
        captures: { enabled, hideSelectors: linesOf(hidden) },
        movesSampledPercent: Number(percent),
        monthlyBudgetUsd: budget === '' ? null : Number(budget),
      })}
    >
      {(draft, change, action) => (
        <>
          <CheckField
            label="Take pictures of pages"
            hint="Heatmaps are drawn over them. A browser of yours opens the page, without a login, and is not counted."
            checked={draft.enabled}
            onChange={(enabled) => change({ enabled })}
          />
          <LinesField
            label="Hide in pictures"
            hint={
              <>
                CSS selectors, one a line: <code>#chat</code>. Banners that ask for consent are hidden by themselves.
              </>
            }
            failure={action.failureAt('hideSelectors')}
            placeholder="#chat"
            value={draft.hidden}
            onChange={(hidden) => change({ hidden })}
          />
          <NumberField
            label="Pointer movement"
            hint="Of so many page loads in a hundred movement is kept. Clicks and scrolling always are."
            failure={action.failureAt('movesSampledPercent')}
            required
            min={0}
            max={100}
            value={draft.percent}
            onChange={(percent) => change({ percent })}
          />
          <NumberField
            label="Monthly budget"
            hint="US dollars; empty: none. You are warned before the month costs more. Nothing is stopped."
            failure={action.failureAt('monthlyBudgetUsd')}
            min={1}
            max={monthlyBudgetUsdMax}
            value={draft.budget}
            onChange={(budget) => change({ budget })}
          />
        </>
      )}
    </SettingsForm>
  );
}
