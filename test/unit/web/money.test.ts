import { describe, expect, it } from 'vitest';
import { budgetView, formatQuantity, formatUsd } from '../../../web/view/money.ts';

describe('money', () => {
  it('has cents below a thousand dollars, and less than a cent is said to be so', () => {
    expect([0, 0.004, 0.01, 12.345, 999.99, 12_345.6].map(formatUsd)).toEqual([
      '$0.00',
      '<$0.01',
      '$0.01',
      '$12.35',
      '$999.99',
      '$12,346',
    ]);
    expect([0.0000041, 0.0341, 12, 999, 12_400, 1_240_000].map(formatQuantity)).toEqual([
      '<0.001',
      '0.0341',
      '12',
      '999',
      '12.4k',
      '1.24M',
    ]);
  });
});

describe('a budget', () => {
  const cost = { usd: 5, forecastUsd: 8, budgetUsd: 10, isLowered: false, movesKeptPercent: 100 };

  it('that was never set is not shown', () => {
    expect(budgetView({ ...cost, budgetUsd: null })).toBeNull();
  });

  it('is kept, will be spent, or is spent', () => {
    expect(budgetView(cost)).toEqual({
      spentShare: 0.5,
      forecastShare: 0.8,
      tone: 'good',
      text: 'Within the budget of $10.00.',
    });
    expect(budgetView({ ...cost, forecastUsd: 12 })).toMatchObject({ tone: 'warn', forecastShare: 1 });
    const spent = budgetView({ ...cost, usd: 11, forecastUsd: 20, isLowered: true, movesKeptPercent: 25 });
    expect(spent).toMatchObject({ tone: 'bad', spentShare: 1 });
    expect(spent?.text).toBe(
      'The budget of $10.00 is spent. Pointer movement is kept of 25% of page loads until the month ends.',
    );
  });
});
