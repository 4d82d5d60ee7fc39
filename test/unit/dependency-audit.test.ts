import { expect, it } from 'vitest';
import { verdictOf } from '../dependency-audit.ts';

const audit = (vulnerabilities: object) =>
  JSON.stringify({ metadata: { vulnerabilities: { high: 1 } }, vulnerabilities });

it('fails for a grave hole, by name, and for no other', () => {
  expect(verdictOf(audit({ bad: { severity: 'critical' }, dull: { severity: 'low' } }))).toEqual({
    ok: false,
    text: 'bad: critical',
  });
  expect(verdictOf(audit({ dull: { severity: 'moderate' } }))).toMatchObject({ ok: true });
});

it.each(['', '<html>', '{"error":{"code":"ENOAUDIT"}}', '{"message":"404 Not Found"}'])(
  'says so where %j is the answer',
  (output) => {
    expect(verdictOf(output)).toEqual({ ok: true, text: 'not asked: the registry answers no audit' });
  },
);
