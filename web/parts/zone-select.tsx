interface Props {
  value: string;
  onChange: (zone: string) => void;
  ids: object;
}

const zones = Intl.supportedValuesOf('timeZone');

/** Of the zones that the browser knows, and the one that is chosen, should it not. */
export function ZoneSelect({ value, onChange, ids }: Props) {
  const options = zones.includes(value) ? zones : [value, ...zones];
  return (
    <select {...ids} value={value} onChange={(event) => onChange(event.target.value)}>
      {options.map((zone) => (
        <option key={zone}>{zone}</option>
      ))}
    </select>
  );
}
