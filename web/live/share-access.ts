import type { ShareTokenAnswer } from '../../functions/contract/account.ts';
import { type Access, renewedBearer } from './access.ts';

/** What opening a share link gave, as this tab keeps it. */
export interface OpenShare extends Pick<ShareTokenAnswer, 'token' | 'site'> {
  /** By this computer's clock, ms since the epoch. */
  endsAt: number;
}

export interface ShareParts {
  share: OpenShare;
  /** Buys the next token. @throws ApiFault: the link was revoked, has expired, or wants its password again */
  renew(): Promise<OpenShare>;
  keep(share: OpenShare): void;
  now(): number;
}

export function shareAccess({ share, renew, keep, now }: ShareParts): Access {
  const { bearer } = renewedBearer({
    first: share,
    bearerOf: ({ token }) => token,
    endsAt: ({ endsAt }) => endsAt,
    renew,
    keep,
    now,
  });
  return { kind: 'share', who: '', bearer };
}
