import { nameLengthMax, retentionDaysMax, retentionDaysMin } from '../../../functions/contract/account.ts';
import { Field } from '../../parts/field.tsx';
import { NumberField } from '../../parts/number-field.tsx';
import { ZoneSelect } from '../../parts/zone-select.tsx';
import { formatInstant } from '../../view/time-format.ts';
import { SettingsForm } from './settings-form.tsx';
import type { SettingsProps } from './settings-props.ts';

export function GeneralTab(props: SettingsProps) {
  const { upcomingZone, zone } = props.settings;
  return (
    <SettingsForm
      {...props}
      title="General"
      fields={['name', 'zone', 'retentionDays']}
      draftOf={(settings) => ({
        name: settings.name,
        zone: settings.upcomingZone?.zone ?? settings.zone,
        days: String(settings.retentionDays),
      })}
      patchOf={(draft) => ({ name: draft.name.trim(), zone: draft.zone, retentionDays: Number(draft.days) })}
    >
      {(draft, change, action) => (
        <>
          <Field label="Name" failure={action.failureAt('name')}>
            {(ids) => (
              <input
                {...ids}
                required
                maxLength={nameLengthMax}
                value={draft.name}
                onChange={(event) => change({ name: event.target.value })}
              />
            )}
          </Field>
          <Field
            label="Time zone"
            failure={action.failureAt('zone')}
            hint={
              upcomingZone
                ? `Still ${zone}: ${upcomingZone.zone} begins at ${formatInstant(upcomingZone.from, zone)}.`
                : 'Of its days and hours. Another one begins at the next local midnight.'
            }
          >
            {(ids) => <ZoneSelect ids={ids} value={draft.zone} onChange={(next) => change({ zone: next })} />}
          </Field>
          <NumberField
            label="Keep data for"
            failure={action.failureAt('retentionDays')}
            hint={`Days, ${retentionDaysMin} to ${retentionDaysMax}. What is older is deleted, sessions and archive included.`}
            required
            min={retentionDaysMin}
            max={retentionDaysMax}
            value={draft.days}
            onChange={(days) => change({ days })}
          />
        </>
      )}
    </SettingsForm>
  );
}
