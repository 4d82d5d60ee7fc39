import { type FormEvent, useState } from 'react';
import { nameLengthMax } from '../../functions/contract/account.ts';
import type { AccountApi } from '../live/account-api.ts';
import { Field } from '../parts/field.tsx';
import { SaveButton } from '../parts/save-button.tsx';
import { ZoneSelect } from '../parts/zone-select.tsx';
import { useAction } from '../use-action.ts';
import { linesOf } from '../view/lines.ts';

/** @param onMade is told the id of the new site */
export function NewSiteForm({ api, onMade }: { api: AccountApi; onMade: (site: string) => void }) {
  const [name, setName] = useState('');
  const [zone, setZone] = useState(Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [origins, setOrigins] = useState('');
  const action = useAction();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void action.run(async () => {
      const { site } = await api.createSite({ name: name.trim(), zone, origins: linesOf(origins) });
      onMade(site);
    });
  };
  return (
    <form className="card settings-form new-site" onSubmit={submit}>
      <h1>Add a site</h1>
      <Field label="Name" hint="As the dashboard calls it." failure={action.failureAt('name')}>
        {(ids) => (
          <input
            {...ids}
            required
            maxLength={nameLengthMax}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field
        label="Origins"
        hint="Whose pages may send events, one a line: https://shop.example, or https://*.shop.example for its subdomains."
        failure={action.failureAt('origins')}
      >
        {(ids) => (
          <textarea
            {...ids}
            required
            rows={3}
            spellCheck={false}
            placeholder="https://shop.example"
            value={origins}
            onChange={(event) => setOrigins(event.target.value)}
          />
        )}
      </Field>
      <Field label="Time zone" hint="Of its days and hours.">
        {(ids) => <ZoneSelect ids={ids} value={zone} onChange={setZone} />}
      </Field>
      <SaveButton action={action} label="Add the site" fields={['name', 'origins']} />
    </form>
  );
}
