/** How a session and what happened in it read. Pure. */
import type { SessionAnswer, SessionEvent, SessionRow } from '../../functions/contract/session-answer.ts';
import { formatDuration, formatWhole } from './number-format.ts';
import { formatSecond } from './time-format.ts';
import { valueLabel } from './value-label.ts';

/** 0:07, 12:40, 1:02:09: the time since a session began. */
export function formatClock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** Germany · Chrome on Linux · Desktop */
export function whoText({ country, browser, os, device }: SessionRow): string {
  const program = [browser || 'Unknown browser', ...(os ? [`on ${os}`] : [])].join(' ');
  return [...(country ? [valueLabel('country', country)] : []), program, valueLabel('device', device)].join(' · ');
}

/** “Add to basket”, or the key of an element that has no name. */
export function elementText({ label, key }: { label: string; key: string }): string {
  return label ? `“${label}”` : key;
}

/** The sentence of one event; `times`: so often one after the other. */
export function eventText(event: SessionEvent, times = 1): string {
  const { what, value } = event;
  const on = event.element ? elementText(event.element) : 'the page';
  const often = times > 1 ? `, ${formatWhole(times)} times` : '';
  const took = typeof value === 'number' ? formatDuration(value) : '';
  switch (what) {
    case 'view':
      return `viewed ${event.page ?? 'a page'}`;
    case 'click':
      return `clicked ${on}${often}`;
    case 'tap':
      return `tapped ${on}${often}`;
    case 'rage':
      return `${value ?? 3} rage clicks on ${on}`;
    case 'dead':
      return `clicked ${on} in vain${often}: nothing followed`;
    case 'hover':
      return `hovered ${took} over ${on}`;
    case 'hesitation':
      return `hesitated ${took} over ${on}`;
    case 'scroll':
      return event.element ? `saw ${value}% of what ${on} holds` : `reached ${value}% of the page`;
    case 'field':
      return `was in ${on} for ${took}${event.changed ? ' and changed it' : ''}`;
    case 'abandon':
      return `left the form at ${on} without sending it`;
    case 'engaged':
      return `was active for ${took}`;
    case 'hide':
      return 'looked away: the page was hidden';
    case 'show':
      return 'came back to the page';
    case 'leave':
      return 'left the page';
    case 'outbound':
      return `left for ${hostOf(String(value))}`;
    case 'download':
      return `downloaded ${String(value).split('/').at(-1) || value}`;
    case 'event':
      return [`sent “${value}”`, ...Object.entries(event.properties ?? {}).map(([name, is]) => `${name} = ${is}`)].join(
        ' · ',
      );
  }
}

/** `https://www.example.com/a` → example.com */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host.replace(/^www\./, '') : url;
}

/** Whether all that is known to have happened is told. */
export function isComplete({ session, completeTo }: Pick<SessionAnswer, 'session' | 'completeTo'>): boolean {
  return !session.live && completeTo > session.last;
}

/** How far the timeline goes. */
export function completeText(answer: Pick<SessionAnswer, 'session' | 'completeTo'>, zone: string): string {
  if (isComplete(answer)) return 'complete';
  return `complete up to ${formatSecond(answer.completeTo, zone)}; newer events appear within five minutes`;
}
