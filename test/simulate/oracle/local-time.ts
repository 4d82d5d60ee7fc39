/** A site's local time by another road than the product's: the runtime is asked for the offset's own name (`GMT+05:45`). */
const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();
const hourMs = 3_600_000;

export interface LocalTime {
  /** `YYYY-MM-DD`. */
  day: string;
  /** The instant at which the local hour began. */
  hour: number;
}

export function localTime(at: number, zone: string): LocalTime {
  const offset = offsetOf(at, zone);
  const local = at + offset;
  return {
    day: new Date(local).toISOString().slice(0, 10),
    hour: local - (((local % hourMs) + hourMs) % hourMs) - offset,
  };
}

function offsetOf(at: number, zone: string): number {
  // Clocks change on quarter hours.
  const name = `${zone} ${Math.floor(at / 900_000)}`;
  const known = offsets.get(name);
  if (known !== undefined) return known;
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  formats.set(zone, format);
  const text = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign = '+', hours = '0', minutes = '0'] = /^GMT(?:([+-])(\d\d):(\d\d))?/.exec(text) ?? [];
  const offset = (sign === '-' ? -1 : 1) * (Number(hours) * hourMs + Number(minutes) * 60_000);
  offsets.set(name, offset);
  return offset;
}
