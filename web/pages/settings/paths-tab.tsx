import { CheckField } from '../../parts/check-field.tsx';
import { LinesField } from '../../parts/lines-field.tsx';
import { linesOf } from '../../view/lines.ts';
import { SettingsForm } from './settings-form.tsx';
import type { SettingsProps } from './settings-props.ts';

export function PathsTab(props: SettingsProps) {
  return (
    <SettingsForm
      {...props}
      title="Path rules"
      fields={['pathRules', 'patterns']}
      draftOf={({ pathRules }) => ({ ...pathRules, patterns: pathRules.patterns.join('\n') })}
      patchOf={(draft) => ({ pathRules: { ...draft, patterns: linesOf(draft.patterns) } })}
    >
      {(draft, change, action) => (
        <>
          <LinesField
            label="Paths that count as one page"
            hint={
              <>
                One a line: with <code>/product/:id</code>, <code>/product/7</code> and <code>/product/8</code> are one
                page. The first that fits wins. Rules hold from now on: what is counted stays where it is.
              </>
            }
            failure={action.failureAt('patterns') || action.failureAt('pathRules')}
            placeholder="/product/:id"
            value={draft.patterns}
            onChange={(patterns) => change({ patterns })}
          />
          <CheckField
            label="Ignore a slash at the end"
            hint="/about/ counts as /about."
            checked={draft.dropTrailingSlash}
            onChange={(dropTrailingSlash) => change({ dropTrailingSlash })}
          />
          <CheckField
            label="Ignore index.html"
            hint="/docs/index.html counts as /docs/."
            checked={draft.dropIndex}
            onChange={(dropIndex) => change({ dropIndex })}
          />
          <CheckField
            label="Ignore upper and lower case"
            hint="/About counts as /about."
            checked={draft.lowerCase}
            onChange={(lowerCase) => change({ lowerCase })}
          />
        </>
      )}
    </SettingsForm>
  );
}
