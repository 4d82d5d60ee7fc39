import { expect, it } from 'vitest';
import type { ErasureAnswer } from '../../../functions/contract/erasure.ts';
import { erasureText } from '../../../web/view/erasure-text.ts';

const at = Date.parse('2026-11-25T14:05:00Z');
const asked: ErasureAnswer = {
  id: '1795435200000123',
  day: '2026-11-23',
  state: 'waiting',
  requestedAt: 0,
  at,
  why: 'the visitor was here less than 49 hours ago',
  records: 0,
  failedRecords: 0,
};

it('says until when an erasure waits and why, in the site’s zone, and what it took in the end', () => {
  expect(erasureText(asked, 'UTC')).toBe(
    'Waits until 25 Nov, 14:05 at least: the visitor was here less than 49 hours ago.',
  );
  const why = 'it is looked at within the hour';
  expect(erasureText({ ...asked, requestedAt: at, why }, 'UTC')).toBe('Waits: it is looked at within the hour.');
  const done = { ...asked, state: 'done', why: '', records: 1 } as const;
  expect(erasureText(done, 'Europe/Berlin')).toBe('Erased 25 Nov, 15:05: 1 record of the archive.');
  expect(erasureText({ ...done, records: 3, failedRecords: 2 }, 'UTC')).toBe(
    'Erased 25 Nov, 14:05: 3 records of the archive and 2 records that could not be counted.',
  );
});
