import { useState } from 'react';
import type { SiteAdmin } from '../../live/account-api.ts';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { Field } from '../../parts/field.tsx';
import { ListState } from '../../parts/list-state.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { useAction } from '../../use-action.ts';
import { useList } from '../../use-list.ts';
import { erasureText } from '../../view/erasure-text.ts';

const whos = ['load', 'session', 'visitor'] as const;
type Who = (typeof whos)[number];
const whoNames: Record<Who, string> = { load: 'By a load', session: 'By a session', visitor: 'By the visitor' };
const fieldNames: Record<Who, string> = { load: 'Load', session: 'Session', visitor: 'Visitor' };
const whoHints: Record<Who, string> = {
  session: 'The end of the address of its page, behind #/sessions/. All that its visitor did on that day goes with it.',
  load: '16 digits. The visitor reads them in the console of their browser, on any page of the site of that day: sitepulse.load',
  visitor: '16 digits, as the archive calls the visitor of that day.',
};

interface Props {
  admin: SiteAdmin;
  site: string;
  zone: string;
}

/** What one visitor did on a day goes; asked for here, carried out when nothing of theirs can be under way any more. */
export function ErasureTab({ admin, site, zone }: Props) {
  const { value, failure, changed } = useList(`erasures ${site}`, admin.erasures);
  return (
    <>
      <section className="settings-part" aria-labelledby="erasures">
        <h2 id="erasures">Erasures</h2>
        <p>
          What one visitor did on a day goes from the sessions, the archive and all that is remembered of them. Counters
          stay: they are sums of all visitors. It is done within the hour once the visitor has been quiet for 49 hours.
        </p>
        <ListState value={value} failure={failure} empty="Nobody has asked to be erased." />
        <ul className="rows">
          {value?.map((row) => (
            <li key={row.id} className="row">
              <span className="row-name">A visitor of {row.day}</span>
              <span className="quiet">{erasureText(row, zone)}</span>
            </li>
          ))}
        </ul>
      </section>
      <ErasureForm admin={admin} onAsked={changed} />
    </>
  );
}

function ErasureForm({ admin, onAsked }: { admin: SiteAdmin; onAsked: () => void }) {
  const [day, setDay] = useState('');
  const [by, setBy] = useState<Who>('load');
  const [who, setWho] = useState('');
  const action = useAction();
  const erase = () =>
    void action.run(async () => {
      await admin.erase(by === 'session' ? { session: who.trim() } : { day, [by]: who.trim() });
      setWho('');
      onAsked();
    });
  const isNamed = who.trim() !== '' && (by === 'session' || day !== '');
  return (
    // Enter alone erases nobody: it is asked for twice.
    <form className="settings-form" onSubmit={(event) => event.preventDefault()}>
      <h2>Erase a visitor’s day</h2>
      <Segmented label="How the visitor is named" options={whos} labels={whoNames} value={by} onChange={setBy} />
      {by !== 'session' && (
        <Field label="Day" hint="In the site’s time zone." failure={action.failureAt('day')}>
          {(ids) => (
            <input {...ids} type="date" required value={day} onChange={(event) => setDay(event.target.value)} />
          )}
        </Field>
      )}
      <Field label={fieldNames[by]} hint={whoHints[by]} failure={action.failureAt(by)}>
        {(ids) => (
          <input {...ids} required autoComplete="off" value={who} onChange={(event) => setWho(event.target.value)} />
        )}
      </Field>
      <div className="save-row">
        <ConfirmButton
          label="Erase"
          of="the visitor’s day"
          confirm="Erase for good"
          action={action}
          disabled={!isNamed}
          onConfirm={erase}
        />
        <span role="alert" className="field-failure">
          {action.failureBeside(['day', by])}
        </span>
        <span role="status" className="quiet">
          {action.done && who === '' ? 'Asked for: see the list above.' : ''}
        </span>
      </div>
    </form>
  );
}
