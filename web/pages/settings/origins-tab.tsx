import { LinesField } from '../../parts/lines-field.tsx';
import { linesOf } from '../../view/lines.ts';
import { SettingsForm } from './settings-form.tsx';
import type { SettingsProps } from './settings-props.ts';

export function OriginsTab(props: SettingsProps) {
  return (
    <SettingsForm
      {...props}
      title="Origins"
      fields={['origins']}
      draftOf={({ origins }) => ({ origins: origins.join('\n') })}
      patchOf={({ origins }) => ({ origins: linesOf(origins) })}
    >
      {(draft, change, action) => (
        <LinesField
          label="Whose pages may send events"
          hint={
            <>
              One a line: <code>https://shop.example</code>, <code>https://*.shop.example</code> for its subdomains (the
              domain itself is another line), <code>http://localhost:*</code> for any port. Events from elsewhere are
              refused.
            </>
          }
          failure={action.failureAt('origins')}
          placeholder="https://shop.example"
          value={draft.origins}
          onChange={(origins) => change({ origins })}
        />
      )}
    </SettingsForm>
  );
}
