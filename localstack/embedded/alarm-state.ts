/**
 * Which state an alarm is in, by the points that its metric has. No clock, no I/O. CloudWatch's rules, as its guide has them:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html#alarm-evaluation
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

export interface AlarmRule {
  comparison: Comparison;
  threshold: number;
  /** N: so many points are looked at … */
  evaluationPeriods: number;
  /** M: … and with so many of them beyond the threshold it rings. */
  datapointsToAlarm: number;
  missing: 'missing' | 'ignore' | 'breaching' | 'notBreaching';
}

const comparisons = {
  GreaterThanThreshold: (value: number, threshold: number) => value > threshold,
  GreaterThanOrEqualToThreshold: (value: number, threshold: number) => value >= threshold,
  LessThanThreshold: (value: number, threshold: number) => value < threshold,
  LessThanOrEqualToThreshold: (value: number, threshold: number) => value <= threshold,
};
export type Comparison = keyof typeof comparisons;

/** @throws Error for an operator that is not run here (those of anomaly detection). */
export function comparisonOf(operator: string): Comparison {
  if (Object.hasOwn(comparisons, operator)) return operator as Comparison;
  throw new Error(`the comparison "${operator}" is not run here`);
}

/**
 * Points further back than N, which are looked at where newer ones are missing ("evaluation range"). How many, AWS does not say; its
 * examples show two.
 */
export const pointsFurtherBack = 2;

/**
 * @param points one for each period, oldest first, N + `pointsFurtherBack` of them; null: missing.
 * @param current the state that it is in, which `ignore` keeps.
 */
export function stateOf(rule: AlarmRule, points: readonly (number | null)[], current: AlarmState): AlarmState {
  const { evaluationPeriods: n, datapointsToAlarm: m, missing } = rule;
  const real = points.filter((point) => point !== null).slice(-n);
  const breaching = real.filter((point) => isBreaching(rule, point)).length;
  // "If the number of existing data points is equal to or more than Evaluation Periods", how to treat missing ones is not asked.
  if (real.length >= n) return breaching >= m ? 'ALARM' : 'OK';
  switch (missing) {
    case 'breaching':
      return breaching + (n - real.length) >= m ? 'ALARM' : 'OK';
    case 'notBreaching':
      return breaching >= m ? 'ALARM' : 'OK';
    case 'missing':
      if (breaching >= m || hasLongBreached(rule, points)) return 'ALARM';
      return real.length === 0 ? 'INSUFFICIENT_DATA' : 'OK';
    case 'ignore':
      if (breaching >= m) return 'ALARM';
      return real.length === 0 || hasLongBreached(rule, points) ? current : 'OK';
  }
}

/**
 * "The oldest available breaching data point … is at least as old as the value of Datapoints to Alarm, and all other more recent data
 * points are breaching or missing". All real points of the range are looked at, as in its table.
 */
function hasLongBreached(rule: AlarmRule, points: readonly (number | null)[]): boolean {
  const oldest = points.findIndex((point) => point !== null);
  const since = points.slice(oldest).filter((point) => point !== null);
  return (
    oldest >= 0 && points.length - oldest >= rule.datapointsToAlarm && since.every((point) => isBreaching(rule, point))
  );
}

export function isBreaching({ comparison, threshold }: AlarmRule, point: number): boolean {
  return comparisons[comparison](point, threshold);
}
