import { roles } from '../contract/account.ts';
import type { SitesAnswer } from '../contract/answer.ts';
import { configAt, type SiteConfig } from '../contract/site.ts';
import type { Caller } from './authorize.ts';
import { inParallel } from './in-parallel.ts';
import type { QueryPorts } from './query-ports.ts';
import { anyRoute } from './route.ts';
import { array, object, oneOf, orNull, text } from './schema.ts';

type Row = SitesAnswer['sites'][number];

const example: SitesAnswer = {
  sites: [{ site: 'demo', name: 'Demo shop', zone: 'Europe/Berlin', origins: ['https://shop.example'], role: 'owner' }],
};

export const sitesRoute = anyRoute(
  {
    method: 'GET',
    path: '/v1/sites',
    summary: 'The sites that the caller may read',
    answer: {
      status: 200,
      description: 'A user’s, by name; of a key or a share link, its one.',
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
  async ({ caller, now }, ports) => {
    const ids = caller.kind === 'user' ? await ports.users.sites(caller.holder.id) : [caller.site];
    const found = await inParallel(ids, (site) => rowOf(site, caller, now, ports));
    const sites = found.filter((row) => row !== null).sort((one, other) => byName.compare(one.name, other.name));
    return { status: 200, json: { sites } satisfies SitesAnswer };
  },
);

/** As people read: Shop 2 before Shop 11, and capitals beside small letters. */
const byName = new Intl.Collator('en', { numeric: true });

/** Null: the site is gone, or the caller is none of its members (any more). */
async function rowOf(site: string, caller: Caller, now: number, ports: QueryPorts): Promise<Row | null> {
  const stored = await ports.sites.current(site);
  if (!stored) return null;
  const config = configAt(stored, now);
  if (caller.kind !== 'user') return row(config, null);
  const member = (await ports.access.read(site)).members.find(({ id }) => id === caller.holder.id);
  return member ? row(config, member.role) : null;
}

function row({ site, name, zone, origins }: SiteConfig, role: Row['role']): Row {
  return { site, name, zone, origins, role };
}
