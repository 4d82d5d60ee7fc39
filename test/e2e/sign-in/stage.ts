import type { Browser } from 'playwright-core';
import type { Product } from '../product.ts';
import { type Person, person } from './person.ts';

/** What all tests of this scenario share: one product, one browser, and those who open it. */
export interface Stage {
  product: Product;
  browser: Browser;
}

/** Somebody with a browser of their own. */
export function open({ browser, product }: Stage, hash = ''): Promise<Person> {
  return person(browser, product, hash);
}

/** The owner of the machine, let in. */
export async function owner(stage: Stage, hash = ''): Promise<Person> {
  const one = await open(stage, hash);
  await one.page.locator('.account-button').waitFor();
  return one;
}
