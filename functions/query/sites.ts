import { roles } from '../contract/account.ts';
import type { SitesAnswer } from '../contract/answer.ts';
import { keyRoute } from './route.ts';
import { array, object, oneOf, orNull, text } from './schema.ts';

const example: SitesAnswer = {
  sites: [{ site: 'demo', name: 'Demo shop', zone: 'Europe/Berlin', origins: ['https://shop.example'], role: null }],
};

export const sitesRoute = keyRoute(
  {
    method: 'GET',
    path: '/v1/sites',
    summary: 'The sites that the key may read',
    answer: {
      status: 200,
      description: 'One site: a key belongs to one.',
      schema: object({
        sites: array(
          object({
            site: text('The id that other paths name.'),
            name: text(),
            zone: text('IANA time zone of its hours and days.'),
            origins: array(text('Whose pages may send events.')),
            role: { ...orNull(oneOf(roles)), description: 'A user’s; null: a key’s or a share’s.' },
          }),
        ),
      }),
      example,
    },
  },
  async (own, ports) => {
    const config = await ports.sites.current(own);
    const sites = config
      ? [{ site: own, name: config.name, zone: config.zone, origins: config.origins, role: null }]
      : [];
    return { status: 200, json: { sites } satisfies SitesAnswer };
  },
);
