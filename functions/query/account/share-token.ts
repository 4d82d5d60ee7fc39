import type { ShareTokenAnswer } from '../../contract/account.ts';
import { configAt } from '../../contract/site.ts';
import { isPassword } from '../../identity/share-password.ts';
import { rightOf, type SiteAccess } from '../../sites/access.ts';
import { tryWindowMs } from '../../sites/access-store.ts';
import { hashSecret, secretPrefix } from '../../sites/secret.ts';
import { ApiError } from '../api-error.ts';
import { parseBody, textOf } from '../json-body.ts';
import { missing } from '../parameters.ts';
import type { QueryPorts } from '../query-ports.ts';
import { publicRoute } from '../route.ts';
import { count, object, text } from '../schema.ts';
import { onlyKnown } from './wish.ts';

const secretLengthMax = 200;
/** A share's token; the dashboard asks for another before it ends. */
export const shareTokenMs = 3_600_000;

export const shareTokenRoute = publicRoute(
  {
    method: 'POST',
    path: '/v1/share-tokens',
    summary: 'A token for a share link',
    description:
      'The secret, and the password where the link has one, are all that the caller has to show. Ten tries at a password in a quarter ' +
      'of an hour, then none until the next. The token reads what the dashboard of that site shows, for an hour.',
    refusals: {
      403: 'The link is unknown, revoked or over (`bad-share`), or needs its password (`password-needed`, `wrong-password`).',
      429: 'The password was tried too often.',
    },
    body: object({ share: text('The secret of the link.'), password: text() }, ['password']),
    answer: {
      status: 201,
      description: 'The token.',
      schema: object({
        token: text('Send it as the bearer.'),
        forMs: { ...count, description: 'It ends after so many ms, or when the link is revoked.' },
        site: text(),
        name: text(),
        zone: text('IANA time zone of the site’s hours and days.'),
      }),
      example: {
        token: 'share_Zk3v0m5R2h8b1Yc7Qx4Nw6TgPj9LsDfA',
        forMs: shareTokenMs,
        site: 'demo',
        name: 'Demo shop',
        zone: 'Europe/Berlin',
      } satisfies ShareTokenAnswer,
    },
  },
  async ({ body, now }, ports) => {
    const wish = parseBody(body);
    onlyKnown(wish, ['share', 'password']);
    const secret = textOf(wish, 'share') ?? missing('share', 'the secret of the link');
    const isOne = secret.startsWith(secretPrefix.share) && secret.length <= secretLengthMax;
    const pointer = isOne ? await ports.access.find('share', hashSecret(secret)) : null;
    const stored = pointer && (await ports.sites.current(pointer.site));
    const share = stored && standingShare(await ports.access.read(stored.site), hashSecret(secret), now);
    if (!stored || !share)
      throw new ApiError(403, 'bad-share', 'this share link was revoked or is over: ask for another');
    if (share.password !== null) await assertPassword(share.hash, share.password, textOf(wish, 'password'), now, ports);
    const until = Math.min(now + shareTokenMs, share.expiresAt ?? Number.POSITIVE_INFINITY);
    const { site, name, zone } = configAt(stored, now);
    const token = await ports.tokens.issue({ kind: 'share', site, until, by: { kind: 'share', id: share.id } });
    return { status: 201, json: { token, forMs: until - now, site, name, zone } satisfies ShareTokenAnswer };
  },
);

function standingShare(access: SiteAccess, hash: string, now: number): SiteAccess['shares'][number] | null {
  const share = access.shares.find((one) => one.hash === hash);
  return share && rightOf(access, { kind: 'share', id: share.id }, now) ? share : null;
}

/** A try is taken before the password is looked at, so that many at once are no more than the bound. */
async function assertPassword(
  hash: string,
  sealed: string,
  given: string | undefined,
  now: number,
  { access }: Pick<QueryPorts, 'access'>,
): Promise<void> {
  if (given === undefined) throw new ApiError(403, 'password-needed', 'this share link has a password: send it along');
  if (!(await access.takeTry(hash, now))) {
    const minutes = Math.ceil((tryWindowMs - (now % tryWindowMs)) / 60_000);
    throw new ApiError(429, 'too-many-tries', `the password was tried too often: try again in ${minutes} min`);
  }
  if (!(await isPassword(given, sealed)))
    throw new ApiError(403, 'wrong-password', 'that is not the password of this share link');
  await access.returnTry(hash, now);
}
