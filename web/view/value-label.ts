import { otherValue } from '../../functions/contract/counter.ts';
import { countryName, languageName } from './place-name.ts';

/** How a breakdown's value reads: names for codes, words for what is empty or beyond the site's limit. */
export function valueLabel(dimension: string, value: string): string {
  if (value === otherValue) return 'Other';
  if (dimension === 'country') return countryName(value);
  if (dimension === 'language') return languageName(value);
  if (dimension === 'referrer' && value === '') return 'Direct or unknown';
  if (dimension === 'device') return value === '' ? 'Unknown' : `${value[0]?.toUpperCase()}${value.slice(1)}`;
  return value === '' ? 'Unknown' : value;
}
