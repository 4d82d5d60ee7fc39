import { describe, expect, it } from 'vitest';
import { type AlarmRule, type AlarmState, comparisonOf, stateOf } from '../../../localstack/embedded/alarm-state.ts';

const x = 9;
const points = (text: string) => text.split(' ').map((letter) => (letter === '-' ? null : letter === 'X' ? x : 0));
const rule = (m: number, missing: AlarmRule['missing']): AlarmRule => ({
  comparison: 'GreaterThanThreshold',
  threshold: 5,
  evaluationPeriods: 3,
  datapointsToAlarm: m,
  missing,
});

/**
 * The two tables of "How alarm state is evaluated when data is missing", row by row; five points retrieved, three looked at:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html#alarms-evaluating-missing-data
 * (`retain`: the state that it is in.)
 */
describe.each([
  [3, '0 - X - X', 'OK', 'OK', 'OK', 'OK'],
  [3, '0 - - - -', 'OK', 'OK', 'OK', 'OK'],
  [3, '- - - - -', 'INSUFFICIENT_DATA', 'retain', 'ALARM', 'OK'],
  [3, '0 X X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
  [3, '- - X - -', 'ALARM', 'retain', 'ALARM', 'OK'],
  [2, '0 - X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
  [2, '0 0 X 0 X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
  [2, '0 - X - -', 'OK', 'OK', 'ALARM', 'OK'],
  [2, '- - - - 0', 'OK', 'OK', 'ALARM', 'OK'],
  [2, '- - - X -', 'ALARM', 'retain', 'ALARM', 'OK'],
] as const)(
  '%i of 3 points beyond the threshold, found as %s',
  (m, found, missing, ignore, breaching, notBreaching) => {
    it.each([
      ['missing', missing],
      ['ignore', ignore],
      ['breaching', breaching],
      ['notBreaching', notBreaching],
    ] as const)('with missing ones treated as %s come to %s', (treatment, expected) => {
      for (const current of ['OK', 'ALARM', 'INSUFFICIENT_DATA'] satisfies AlarmState[]) {
        const state = stateOf(rule(m, treatment), points(found), current);
        expect(state).toBe(expected === 'retain' ? current : expected);
      }
    });
  },
);

/** The examples of "Avoiding premature transitions to alarm state", of the same page: three of three points, missing ones as such. */
describe('before the next point is known', () => {
  it.each(['- - - - X', '- - - X -', '- - - X 0', '- - X - 0'])('%s does not ring', (found) => {
    expect(stateOf(rule(3, 'missing'), points(found), 'OK')).toBe('OK');
  });
});

describe('an alarm', () => {
  it.each([
    ['GreaterThanThreshold', ['OK', 'OK', 'ALARM']],
    ['GreaterThanOrEqualToThreshold', ['OK', 'ALARM', 'ALARM']],
    ['LessThanThreshold', ['ALARM', 'OK', 'OK']],
    ['LessThanOrEqualToThreshold', ['ALARM', 'ALARM', 'OK']],
  ])('by %s is below, at and above its threshold in %j', (operator, states) => {
    const one = { ...rule(1, 'missing'), evaluationPeriods: 1, comparison: comparisonOf(operator) };
    expect([4, 5, 6].map((value) => stateOf(one, [value], 'OK'))).toEqual(states);
  });

  it('by anomaly detection is refused by name', () => {
    expect(() => comparisonOf('LessThanLowerThreshold')).toThrow('"LessThanLowerThreshold" is not run here');
  });
});
