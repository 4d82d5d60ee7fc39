const unitMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * The period of `rate(5 minutes)`, in ms. One is singular, more are plural:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rate-expressions.html
 * @throws Error that quotes what is not a rate.
 */
export function periodOfRate(expression: string): number {
  const [, digits = '', unit = '', plural] =
    /^rate\(\s*([1-9]\d*)\s+(minute|hour|day)(s?)\s*\)$/.exec(expression) ?? [];
  const count = Number(digits);
  if (!unit || (count === 1) === (plural === 's')) {
    throw new Error(`"${expression}" is not run here: write rate(1 minute), rate(5 hours) or the like`);
  }
  return count * unitMs[unit as keyof typeof unitMs];
}
