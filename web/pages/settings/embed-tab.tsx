import { useState } from 'react';
import type { SiteAdmin } from '../../live/account-api.ts';
import { CheckField } from '../../parts/check-field.tsx';
import { CopyText } from '../../parts/copy-text.tsx';
import { FirstEvent } from '../../parts/first-event.tsx';
import { ListState } from '../../parts/list-state.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import type { Session } from '../../session.ts';
import { useList } from '../../use-list.ts';
import { embedSteps, moduleCode, type Platform, platformNames, platforms } from '../../view/embed-code.ts';
import type { SiteFacts } from '../site-facts.ts';
import { WriteKeys } from './write-keys.tsx';

interface Props {
  admin: SiteAdmin;
  session: Session;
  site: SiteFacts;
  apiUrl: string;
  isOwner: boolean;
}

/** The line for the pages, and whether anything has come of it. */
export function EmbedTab({ admin, session, site, apiUrl, isOwner }: Props) {
  const { value: keys, failure, changed } = useList(`write-keys ${site.id}`, admin.writeKeys);
  const [platform, setPlatform] = useState<Platform>('html');
  const [hasVitals, setHasVitals] = useState(false);
  const host = new URL(apiUrl || '.', document.baseURI).origin;
  // The newest: while keys are changed over, new pages get the new one.
  const key = keys?.reduce((newest, one) => (one.createdAt > newest.createdAt ? one : newest), keys[0] ?? none).id;
  return (
    <>
      <section className="settings-part" aria-labelledby="embed">
        <h2 id="embed">Embed</h2>
        <FirstEvent session={session} zone={site.zone} />
        <ListState value={keys} failure={failure} empty="This site has no write key: make one below." />
        {key && (
          <>
            <Segmented
              label="Made with"
              options={platforms}
              labels={platformNames}
              value={platform}
              onChange={setPlatform}
            />
            <CheckField
              label="Measure Web Vitals"
              hint="How fast pages show, how soon they answer and how much of them moves; 1 KB more for your visitors."
              checked={hasVitals}
              onChange={setHasVitals}
            />
            {embedSteps(platform, host, key, hasVitals).map(({ say, code }) => (
              <div key={say} className="embed-step">
                <p>{say}</p>
                <CopyText label="the code" text={code} isBlock />
              </div>
            ))}
            <details className="embed-step">
              <summary>As an npm module, for pages with a build of their own</summary>
              <p>
                Build SitePulse and install <code>dist/npm</code>, then:
              </p>
              <CopyText label="the module's code" text={moduleCode(host, key, hasVitals)} isBlock />
            </details>
          </>
        )}
      </section>
      {keys && <WriteKeys admin={admin} keys={keys} zone={site.zone} isOwner={isOwner} onChange={changed} />}
    </>
  );
}

const none = { id: '', createdAt: 0 };
