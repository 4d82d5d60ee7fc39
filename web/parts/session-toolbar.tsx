import type { ReactNode } from 'react';
import { otherValue } from '../../functions/contract/counter.ts';
import { type Device, devices } from '../../functions/contract/record.ts';
import { countryName } from '../view/place-name.ts';
import { minPagesOffered, type SessionFilter } from '../view/session-filter.ts';
import { Segmented } from './segmented.tsx';
import { TimePicker } from './time-picker.tsx';

interface Props {
  filter: SessionFilter;
  /** Paths and country codes that there are in this time. */
  pages: readonly string[];
  countries: readonly string[];
  zone: string;
  onChange: (filter: SessionFilter) => void;
  /** At its end. */
  children: ReactNode;
}

const anyDevice = ['all', ...devices] as const;
const deviceLabel: Record<Device | 'all', string> = {
  all: 'All',
  desktop: 'Desktop',
  tablet: 'Tablet',
  mobile: 'Mobile',
};

/** Which sessions are listed. Everything in it is in the address. */
export function SessionToolbar({ filter, pages, countries, zone, onChange, children }: Props) {
  const change = (part: Partial<SessionFilter>) => onChange({ ...filter, ...part });
  const { range, device, country, path, isFrustrated, minPages } = filter;
  return (
    <div className="toolbar session-toolbar" role="toolbar" aria-label="Which sessions">
      <Choice
        label="Entry or exit"
        all="Any page"
        value={path}
        options={pages.filter((one) => one !== otherValue)}
        onChange={(next) => change({ path: next })}
      />
      <Choice
        label="Country"
        all="All"
        value={country}
        options={countries.filter((code) => /^[A-Z]{2}$/.test(code))}
        nameOf={countryName}
        onChange={(next) => change({ country: next })}
      />
      <Choice
        label="Page views"
        all="Any number"
        value={minPages > 1 ? String(minPages) : ''}
        options={minPagesOffered.filter((pagesMin) => pagesMin > 1).map(String)}
        nameOf={(pagesMin) => `${pagesMin} or more`}
        onChange={(next) => change({ minPages: Number(next || 1) })}
      />
      <Segmented
        label="Device"
        options={anyDevice}
        labels={deviceLabel}
        value={device ?? 'all'}
        onChange={(next) => change({ device: next === 'all' ? null : next })}
      />
      <label className="frustrated-only">
        <input
          type="checkbox"
          checked={isFrustrated}
          onChange={({ target }) => change({ isFrustrated: target.checked })}
        />
        Frustrated only
      </label>
      <TimePicker range={range} zone={zone} onChange={(next) => change({ range: next })} />
      {children}
    </div>
  );
}

interface ChoiceProps {
  label: string;
  /** The choice of none, whose value is ''. */
  all: string;
  value: string;
  options: readonly string[];
  nameOf?: (value: string) => string;
  onChange: (value: string) => void;
}

/** What the address names is offered even where it is not among the options. */
function Choice({ label, all, value, options, nameOf = String, onChange }: ChoiceProps) {
  const offered = value === '' || options.includes(value) ? options : [value, ...options];
  return (
    <label className="page-picker">
      <span>{label}</span>
      <select value={value} onChange={({ target }) => onChange(target.value)}>
        <option value="">{all}</option>
        {offered.map((one) => (
          <option key={one} value={one}>
            {nameOf(one)}
          </option>
        ))}
      </select>
    </label>
  );
}
