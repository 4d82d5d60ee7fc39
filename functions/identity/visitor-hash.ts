import { createHmac } from 'node:crypto';

/**
 * Who somebody is for a day: 16 hex digits that nobody can trace back once the day's salt is gone. The same address and the
 * same browser are one visitor, by design: nothing is stored on the visitor's device that could tell them apart.
 */
export function visitorHash(salt: Uint8Array, address: string, userAgent: string): string {
  return createHmac('sha256', salt).update(`${address}\n${userAgent}`).digest('hex').slice(0, 16);
}
