import type { AuditAction } from '../../functions/contract/account.ts';

/** What was done, in words that read after a name. */
export const auditWords: Record<AuditAction, string> = {
  'site-created': 'created the site',
  'settings-changed': 'changed settings',
  'deletion-asked': 'deleted the site',
  'visitor-erasure-asked': 'asked for an erasure of a visitor of',
  'write-key-added': 'added a write key',
  'write-key-removed': 'removed a write key',
  invited: 'invited',
  'invitation-revoked': 'revoked an invitation',
  'invitation-accepted': 'joined',
  'role-changed': 'changed a role',
  'member-removed': 'removed',
  'member-left': 'left',
  'key-added': 'made an API key',
  'key-rotated': 'rotated an API key',
  'key-removed': 'revoked an API key',
  'share-added': 'made a share link',
  'share-removed': 'revoked a share link',
};
