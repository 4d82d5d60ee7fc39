/** From what is billed to what it costs. Pure arithmetic: see `price.ts` for the prices, `bill.ts` for what is billed. */
import { type BilledUnit, billedUnits, prices, type Service } from './price.ts';

/** How much of each unit; what is left out is none. */
export type Bill = Partial<Record<BilledUnit, number>>;

export interface CostLine {
  service: Service;
  unit: BilledUnit;
  quantity: number;
  usd: number;
}

/** A line for each unit that is billed, in the order of the price table. */
export function costLines(bill: Bill): CostLine[] {
  return billedUnits.flatMap((unit) => {
    const quantity = bill[unit] ?? 0;
    const { service, usd, per } = prices[unit];
    return quantity > 0 ? [{ service, unit, quantity, usd: (quantity * usd) / per }] : [];
  });
}

export function costOf(bill: Bill): number {
  return costLines(bill).reduce((sum, { usd }) => sum + usd, 0);
}

/** Dearest first. */
export function costByService(bill: Bill): { service: Service; usd: number }[] {
  const sums = new Map<Service, number>();
  for (const { service, usd } of costLines(bill)) sums.set(service, (sums.get(service) ?? 0) + usd);
  return [...sums].map(([service, usd]) => ({ service, usd })).sort((one, other) => other.usd - one.usd);
}

export function addBills(...bills: readonly Bill[]): Bill {
  const sum: Bill = {};
  for (const bill of bills) {
    for (const unit of billedUnits) if (bill[unit]) sum[unit] = (sum[unit] ?? 0) + (bill[unit] ?? 0);
  }
  return sum;
}
