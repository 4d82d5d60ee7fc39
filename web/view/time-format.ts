const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  let format = formats.get(name);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', options);
    formats.set(name, format);
  }
  return format;
}

/** 14:05, in the site's zone. */
export function formatMinute(at: number, zone: string): string {
  return formatOf(`m${zone}`, { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(at);
}

/** 14:05:09, in the site's zone. */
export function formatSecond(at: number, zone: string): string {
  const options = { timeZone: zone, hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
  return formatOf(`s${zone}`, options).format(at);
}

/** 23 Nov, in the site's zone. */
export function formatDay(at: number, zone: string): string {
  return formatOf(`d${zone}`, { timeZone: zone, day: 'numeric', month: 'short' }).format(at);
}

/** 23 Nov 2026, in the site's zone. */
export function formatDate(at: number, zone: string): string {
  return formatOf(`D${zone}`, { timeZone: zone, dateStyle: 'medium' }).format(at);
}

/** 17 Nov 2026, 00:00 – 23 Nov 2026, 14:05 (Europe/Berlin): to be read in another year. */
export function formatSpan(from: number, to: number, zone: string): string {
  const format = formatOf(`s${zone} span`, { timeZone: zone, dateStyle: 'medium', timeStyle: 'short' });
  return `${format.format(from)} – ${format.format(to)} (${zone})`;
}

/** 23 Nov, 14:05 */
export function formatInstant(at: number, zone: string): string {
  return `${formatDay(at, zone)}, ${formatMinute(at, zone)}`;
}
