import { devices } from '../contract/record.ts';
import { type SessionRow, sessionEventKinds } from '../contract/session-answer.ts';
import { signals } from '../contract/signal.ts';
import { array, count, instant, object, oneOf, orNull, type Schema, share, text } from './schema.ts';

const about = (description: string): Schema => ({ ...instant, description });

export const sessionColumns = {
  id: text('Names it at …/sessions/{id}, for as long as it is kept.'),
  day: text('The site’s local date that it stands on.'),
  visitor: text('Its visitor of that day, 16 hex digits: whom …/erasures takes.'),
  start: about('Its first event, ms since the epoch.'),
  last: about('The newest that is known of it, ms since the epoch.'),
  durationMs: { ...count, description: 'From its first event to its last, ms.' },
  pageViews: { ...count, description: 'Page views.' },
  clicks: { ...count, description: 'Taps included.' },
  rage: { ...count, description: 'Bursts of rage clicks.' },
  dead: { ...count, description: 'Clicks that nothing followed.' },
  engagedMs: { ...count, description: 'Visible and active time, ms.' },
  entry: orNull(text('Path that it was entered by, cut at 200 characters.')),
  exit: orNull(text('Path that it was left by, or is on.')),
  signals: {
    ...array(oneOf(signals)),
    description: 'What was met in the view that it was left by, or is on: see …/leaving.',
  },
  device: oneOf(devices, 'By viewport width.'),
  country: text('ISO 3166-1 alpha-2; empty where unknown.'),
  browser: text('Its name; empty where unknown.'),
  os: text('Its name; empty where unknown.'),
  language: text('Primary tag, such as de; empty where unknown.'),
  referrer: text('Host; empty for none.'),
  live: {
    type: 'boolean',
    description:
      'A page of it is visible, and gave a sign of life in the 45 to 50 s before the newest instant processed.',
  },
};
export const sessionRowSchema = object(sessionColumns);

export const sessionRowExample: SessionRow = {
  id: '2026-11-23-0mwta2w40-00000000000000aa',
  day: '2026-11-23',
  visitor: '00000000000000aa',
  start: 1795435200000,
  last: 1795435380000,
  durationMs: 180000,
  pageViews: 3,
  clicks: 7,
  rage: 0,
  dead: 1,
  engagedMs: 95000,
  entry: '/',
  exit: '/pricing',
  signals: ['dead', 'engaged'],
  device: 'desktop',
  country: 'DE',
  browser: 'Firefox',
  os: 'Linux',
  language: 'de',
  referrer: 'news.example',
  live: false,
};

export const sessionEventSchema = object(
  {
    at: instant,
    load: { ...count, description: 'Which of the session’s document loads, in order of their first event.' },
    page: orNull(text('Path.')),
    what: oneOf(sessionEventKinds),
    element: object({
      key: text(),
      label: text(),
      x: orNull({ ...share, description: 'Where in its box, from the left.' }),
      y: orNull({ ...share, description: 'From its top.' }),
    }),
    value: {
      type: ['string', 'number'],
      description:
        'View: title. Rage: clicks so far. Hover, hesitation, field, engaged: ms. Scroll: per cent seen. Outbound, download: URL. Event: name.',
    },
    properties: { type: 'object', description: 'Of a custom event.' },
    changed: { type: 'boolean', description: 'Of a field: something was entered or chosen. Never what.' },
  },
  ['element', 'value', 'properties', 'changed'],
);
export const sessionEventsSchema = array(sessionEventSchema);
