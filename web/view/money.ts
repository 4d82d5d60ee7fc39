/** `$0.00` to `$999.99`, then whole dollars: seldom wider than seven characters. Less than a cent that is not nothing is said to be so. */
export function formatUsd(usd: number): string {
  if (usd > 0 && usd < 0.01) return '<$0.01';
  const digits = usd < 1000 ? 2 : 0;
  return `$${usd.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
}

/** Three figures: `1.24M`, `0.034`; what is less than a thousandth is said to be so. */
export function formatQuantity(quantity: number): string {
  if (quantity >= 1000) {
    return new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 })
      .format(quantity)
      .replace('K', 'k');
  }
  return quantity > 0 && quantity < 0.001 ? '<0.001' : String(Number(quantity.toPrecision(3)));
}

export interface BudgetView {
  /** 0..1: how long the bar is, and where its forecast ends. A bar that is over its budget is full. */
  spentShare: number;
  forecastShare: number;
  tone: 'good' | 'warn' | 'bad';
  /** One sentence. */
  text: string;
}

/** How the month stands against its budget; null: there is none. */
export function budgetView(cost: {
  usd: number;
  forecastUsd: number;
  budgetUsd: number | null;
  isLowered: boolean;
  movesKeptPercent: number;
}): BudgetView | null {
  const { usd, forecastUsd, budgetUsd } = cost;
  if (budgetUsd === null || budgetUsd <= 0) return null;
  const lowered = cost.isLowered
    ? ` Pointer movement is kept of ${cost.movesKeptPercent}% of page loads until the month ends.`
    : '';
  const shares = { spentShare: Math.min(1, usd / budgetUsd), forecastShare: Math.min(1, forecastUsd / budgetUsd) };
  const budget = formatUsd(budgetUsd);
  if (usd >= budgetUsd) return { ...shares, tone: 'bad', text: `The budget of ${budget} is spent.${lowered}` };
  if (forecastUsd > budgetUsd) {
    return { ...shares, tone: 'warn', text: `The budget of ${budget} will be spent before the month ends.${lowered}` };
  }
  return { ...shares, tone: 'good', text: `Within the budget of ${budget}.${lowered}` };
}
