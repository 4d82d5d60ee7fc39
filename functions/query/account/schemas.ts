import { keyScopes, labelLengthMax, roles } from '../../contract/account.ts';
import { instant, object, oneOf, orNull, type Schema, text } from '../schema.ts';

export const role = oneOf(roles);
export const email: Schema = { ...orNull(text()), description: 'A verified address; null: not known.' };
export const label: Schema = { ...text('For people.'), maxLength: labelLengthMax };
export const scope = oneOf(keyScopes, 'read: what the dashboard shows; write: also settings, markers and pictures.');
export const secret = text('Answered this once: it is stored as a hash.');
export const removed = object({ removed: text('Its id.') });

export const memberProperties = { id: text(), role, email, since: instant };
export const invitationProperties = {
  id: text(),
  role,
  email: { ...orNull(text()), description: 'Whose it is; null: whoever has the link.' },
  createdAt: instant,
  expiresAt: instant,
};
export const keyProperties = {
  id: text(),
  label,
  scope,
  createdAt: instant,
  lastUsedOn: { ...orNull(text()), description: 'UTC date; null: never used.' },
};
export const shareProperties = {
  id: text(),
  label,
  createdAt: instant,
  expiresAt: { ...orNull(instant), description: 'Null: until it is revoked.' },
  hasPassword: { type: 'boolean' },
};
