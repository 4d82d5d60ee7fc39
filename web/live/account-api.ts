import type {
  AcceptedAnswer,
  ApiKeyCreatedAnswer,
  ApiKeysAnswer,
  AuditLogAnswer,
  DeletionAnswer,
  InvitationCreatedAnswer,
  Member,
  MembersAnswer,
  NewApiKey,
  NewInvitation,
  NewShare,
  NewSite,
  RemovedAnswer,
  Role,
  ShareCreatedAnswer,
  SharesAnswer,
  SiteAnswer,
  SitePatch,
  WriteKeyAnswer,
  WriteKeysAnswer,
} from '../../functions/contract/account.ts';
import type { LiveAnswer } from '../../functions/contract/answer.ts';
import type { ErasureAnswer, ErasureRequest, ErasuresAnswer } from '../../functions/contract/erasure.ts';
import { requester } from './api.ts';

export interface AccountParts {
  apiUrl: string;
  bearer(): Promise<string>;
}

const browserFetch = (url: string, init: RequestInit) => fetch(url, init);

/** What is done to sites by those who own them. Every call throws an `ApiFault` when the answer is not 2xx, or when there is none. */
export function createAccountApi({ apiUrl, bearer }: AccountParts) {
  const { read, send } = requester({ apiUrl, bearer, fetch: browserFetch });
  return {
    createSite: (site: NewSite) => send<SiteAnswer>('POST', '/v1/sites', site),
    acceptInvitation: (invitation: string) => send<AcceptedAnswer>('POST', '/v1/invitations', { invitation }),
    live: (site: string) => read<LiveAnswer>(`${pathOf(site)}/live`),
    at(id: string) {
      const site = pathOf(id);
      const one = (list: string, key: string) => `${site}/${list}/${encodeURIComponent(key)}`;
      const remove = (list: string) => (key: string) => send<RemovedAnswer>('DELETE', one(list, key));
      return {
        settings: () => read<SiteAnswer>(site),
        change: (patch: SitePatch) => send<SiteAnswer>('PATCH', site, patch),
        deletion: () => read<DeletionAnswer>(`${site}/deletion`),
        deleteSite: (name: string) =>
          send<DeletionAnswer>('DELETE', `${site}?${new URLSearchParams({ confirm: name })}`),
        writeKeys: async () => (await read<WriteKeysAnswer>(`${site}/write-keys`)).rows,
        addWriteKey: () => send<WriteKeyAnswer>('POST', `${site}/write-keys`),
        removeWriteKey: remove('write-keys'),
        members: () => read<MembersAnswer>(`${site}/members`),
        invite: (invitation: NewInvitation) => send<InvitationCreatedAnswer>('POST', `${site}/members`, invitation),
        changeRole: (member: string, role: Role) => send<Member>('PATCH', one('members', member), { role }),
        removeMember: remove('members'),
        /** Of whoever asks. */
        leave: () => send<RemovedAnswer>('DELETE', `/v1/me/sites/${encodeURIComponent(id)}`),
        keys: async () => (await read<ApiKeysAnswer>(`${site}/keys`)).rows,
        addKey: (key: NewApiKey) => send<ApiKeyCreatedAnswer>('POST', `${site}/keys`, key),
        rotateKey: (key: string) => send<ApiKeyCreatedAnswer>('POST', `${one('keys', key)}/rotate`),
        removeKey: remove('keys'),
        shares: async () => (await read<SharesAnswer>(`${site}/shares`)).rows,
        addShare: (share: NewShare) => send<ShareCreatedAnswer>('POST', `${site}/shares`, share),
        removeShare: remove('shares'),
        erasures: async () => (await read<ErasuresAnswer>(`${site}/erasures`)).rows,
        erase: (wish: ErasureRequest) => send<ErasureAnswer>('POST', `${site}/erasures`, wish),
        auditLog: (before: string | null) =>
          read<AuditLogAnswer>(`${site}/audit-log`, { limit: 50, ...(before === null ? {} : { before }) }),
      };
    },
  };
}

export type AccountApi = ReturnType<typeof createAccountApi>;
export type SiteAdmin = ReturnType<AccountApi['at']>;

function pathOf(site: string): string {
  return `/v1/sites/${encodeURIComponent(site)}`;
}
