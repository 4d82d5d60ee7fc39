import {
  excludedNetworksMax,
  excludedPathsMax,
  hideSelectorLengthMax,
  hideSelectorsMax,
  monthlyBudgetUsdMax,
  nameLengthMax,
  originLengthMax,
  originsMax,
  pathPatternsMax,
  retentionDaysMax,
  retentionDaysMin,
  type SiteAnswer,
} from '../../contract/account.ts';
import {
  funnelStepsMax,
  funnelStepsMin,
  funnelsMax,
  goalNameLengthMax,
  goalsMax,
  targetKinds,
} from '../../contract/goal.ts';
import { defaultPathRules, type SiteConfig, settingsOf } from '../../contract/site.ts';
import { array, count, instant, object, oneOf, orNull, type Schema, text } from '../schema.ts';

const goalName: Schema = { ...text(), maxLength: goalNameLengthMax };
const target = {
  what: oneOf(targetKinds),
  match: text(
    'A page’s path as it counts, or a pattern (`/product/:id`, `/docs/*`); a custom event’s name; the address of a link or a file ' +
      'without its query, or all that begin like it (`https://partner.example/*`, `*`).',
  ),
};

export const settingProperties: Record<string, Schema> = {
  name: { ...text(), maxLength: nameLengthMax },
  zone: text('IANA time zone of its days and hours. Another one takes effect at the next local midnight.'),
  origins: {
    ...array({ type: 'string', maxLength: originLengthMax }),
    maxItems: originsMax,
    description:
      'Whose pages may send: `https://shop.example`, `https://*.shop.example` (subdomains, not the domain itself), ' +
      '`http://localhost:*` (any port).',
  },
  pathRules: object({
    patterns: {
      ...array(text()),
      maxItems: pathPatternsMax,
      description: 'Such as `/product/:id`. The first match wins.',
    },
    dropTrailingSlash: { type: 'boolean' },
    dropIndex: { type: 'boolean' },
    lowerCase: { type: 'boolean' },
  }),
  retentionDays: { type: 'integer', minimum: retentionDaysMin, maximum: retentionDaysMax },
  captures: object({
    enabled: { type: 'boolean', description: 'Whether pictures of pages may be taken.' },
    hideSelectors: {
      ...array({ type: 'string', maxLength: hideSelectorLengthMax }),
      maxItems: hideSelectorsMax,
      description: 'CSS selectors of what they hide, beside banners that ask for consent.',
    },
  }),
  exclusions: {
    ...object({
      paths: {
        ...array(text()),
        maxItems: excludedPathsMax,
        description:
          'Paths that are not counted, as they would count: `/admin`, `/account/:id`, `/admin/*` (all below).',
      },
      networks: {
        ...array(text()),
        maxItems: excludedNetworksMax,
        description: 'Your own addresses, as CIDR blocks. Compared when events come in, and stored with none.',
      },
    }),
    description: 'What is not counted.',
  },
  movesSampledPercent: {
    type: 'integer',
    minimum: 0,
    maximum: 100,
    description: 'Of so many page loads in a hundred, pointer movement is kept.',
  },
  monthlyBudgetUsd: {
    ...orNull({ type: 'integer', minimum: 1, maximum: monthlyBudgetUsdMax }),
    description: 'Null: none. Warns, and stops nothing.',
  },
  goals: {
    ...array(object({ name: goalName, ...target })),
    maxItems: goalsMax,
    description:
      'What visitors are to reach, each counted from the moment that it exists. Renamed, a goal goes on; reached by something else, ' +
      'it counts anew.',
  },
  funnels: {
    ...array(
      object({
        name: goalName,
        steps: { ...array(object(target)), minItems: funnelStepsMin, maxItems: funnelStepsMax },
      }),
    ),
    maxItems: funnelsMax,
    description: 'Steps that a session is to reach in this order. With other steps, a funnel counts anew.',
  },
};

export const siteSchema = object({
  site: text('The id that other paths name.'),
  version: count,
  ...settingProperties,
  upcomingZone: {
    ...orNull(object({ zone: text(), from: instant })),
    description: 'A time zone that waits for the site’s midnight.',
  },
});

export function siteAnswer(config: SiteConfig): SiteAnswer {
  const { site, version, upcoming } = config;
  const upcomingZone = upcoming ? { zone: upcoming.zone, from: upcoming.from } : null;
  return { site, version, ...settingsOf(config), upcomingZone };
}

export const siteExample = siteAnswer({
  site: 'demo',
  version: 3,
  name: 'Demo shop',
  zone: 'Europe/Berlin',
  origins: ['https://shop.example'],
  pathRules: defaultPathRules,
  watchedRequestsPerSecondMax: 500,
  goals: [{ name: 'Order', what: 'page', match: '/thanks' }],
  funnels: [],
});
