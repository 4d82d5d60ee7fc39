import { CopyText } from '../../parts/copy-text.tsx';
import { LinesField } from '../../parts/lines-field.tsx';
import { linesOf } from '../../view/lines.ts';
import { ownBrowserHash, ownBrowserLinks } from '../../view/own-browser-link.ts';
import { SettingsForm } from './settings-form.tsx';
import type { SettingsProps } from './settings-props.ts';

export function ExclusionsTab(props: SettingsProps) {
  const links = ownBrowserLinks(props.settings.origins);
  return (
    <>
      <SettingsForm
        {...props}
        title="What is not counted"
        fields={['exclusions', 'paths', 'networks']}
        draftOf={({ exclusions }) => ({
          paths: exclusions.paths.join('\n'),
          networks: exclusions.networks.join('\n'),
        })}
        patchOf={({ paths, networks }) => ({ exclusions: { paths: linesOf(paths), networks: linesOf(networks) } })}
      >
        {(draft, change, action) => (
          <>
            <LinesField
              label="Paths"
              hint={
                <>
                  One a line: <code>/admin</code>, <code>/account/:id</code>; <code>/admin/*</code> is everything below.
                </>
              }
              failure={action.failureAt('paths') || action.failureAt('exclusions')}
              placeholder="/admin/*"
              value={draft.paths}
              onChange={(paths) => change({ paths })}
            />
            <LinesField
              label="Your own networks"
              hint={
                <>
                  Addresses as blocks, one a line: <code>203.0.113.0/24</code>, <code>2001:db8::/32</code>. They are
                  compared when an event arrives, and stored with none.
                </>
              }
              failure={action.failureAt('networks')}
              placeholder="203.0.113.7/32"
              value={draft.networks}
              onChange={(networks) => change({ networks })}
            />
          </>
        )}
      </SettingsForm>
      <section className="settings-part" aria-labelledby="own-browser">
        <h2 id="own-browser">Don’t count me</h2>
        <p>
          Open this address once in each of your own browsers: from then on it sends nothing. The page says so, and
          offers to count it again.
        </p>
        {links.length < props.settings.origins.length && (
          <>
            <p>Where an origin stands for several, put this behind the address of any page:</p>
            <CopyText label="what goes behind an address" text={ownBrowserHash} />
          </>
        )}
        {links.map((link) => (
          <CopyText key={link} label={`the address for ${new URL(link).host}`} text={link} />
        ))}
      </section>
    </>
  );
}
