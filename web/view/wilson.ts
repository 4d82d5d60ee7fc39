/**
 * How well a share is known from counts, and how likely something is where little is known.
 */
import type { Share } from './share-test.ts';

/** 97.5 % of a standard normal distribution lie below. */
const z = 1.959964;

/** The 95 % score interval (E. B. Wilson, Journal of the American Statistical Association 22, 1927). Of nothing, all is possible. */
export function wilsonInterval({ part, whole }: Share): [low: number, high: number] {
  if (whole <= 0) return [0, 1];
  const middle = (part + (z * z) / 2) / (whole + z * z);
  const half = (z / (whole + z * z)) * Math.sqrt((part * (whole - part)) / whole + (z * z) / 4);
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

/** So many cases weigh as much as what is known of the rest. */
const priorCases = 20;

/**
 * The share, shrunken towards `prior` where there are few cases: (part + m prior) / (whole + m), the m-estimate (B. Cestnik, "Estimating
 * probabilities", 9th European Conference on Artificial Intelligence, 1990); the mean of a beta distribution that knew m cases before.
 */
export function shrunkenShare({ part, whole }: Share, prior: number): number {
  return (part + priorCases * prior) / (whole + priorCases);
}
