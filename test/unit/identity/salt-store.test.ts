import { expect, it } from 'vitest';
import { dayOfExpiredSalt, saltExpiresAt } from '../../../functions/identity/salt-store.ts';

it('a salt expires 48 h after the end of its local day, on days of 23 and 25 hours as well', () => {
  const expiry = (at: string) => new Date(saltExpiresAt('Europe/Zurich', Date.parse(at))).toISOString();
  expect(expiry('2026-11-23T12:00:00Z')).toBe('2026-11-25T23:00:00.000Z');
  expect(expiry('2026-11-23T22:59:59Z')).toBe('2026-11-25T23:00:00.000Z');
  expect(expiry('2026-11-23T23:00:00Z')).toBe('2026-11-26T23:00:00.000Z');
  expect(expiry('2026-03-29T12:00:00Z')).toBe('2026-03-31T22:00:00.000Z');
  expect(expiry('2026-10-25T12:00:00Z')).toBe('2026-10-27T23:00:00.000Z');
});

it('the day whose salt goes when a day begins ended 48 h before', () => {
  expect(dayOfExpiredSalt('2026-03-02')).toBe('2026-02-27');
});
