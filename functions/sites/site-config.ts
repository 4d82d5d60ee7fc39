import {
  hideSelectorLengthMax,
  hideSelectorsMax,
  nameLengthMax,
  originsMax,
  pathPatternsMax,
} from '../contract/account.ts';
import { funnelStepsMax, funnelsMax, goalsMax } from '../contract/goal.ts';
import type { SiteConfig } from '../contract/site.ts';

/** No separators of keys in an id: it is part of every key. */
const sitePattern = /^[\w-]{1,64}$/;

/** @throws RangeError with a sentence when a configuration could not be used by what reads it. */
export function assertSiteConfig(config: SiteConfig): void {
  if (!sitePattern.test(config.site)) {
    throw new RangeError(`site id "${config.site}" is not 1 to 64 letters, digits, _ or -`);
  }
  if (config.name.length > nameLengthMax) throw new RangeError(`the name has over ${nameLengthMax} characters`);
  if (config.origins.length > originsMax) throw new RangeError(`there are over ${originsMax} origins`);
  if (config.pathRules.patterns.length > pathPatternsMax) {
    throw new RangeError(`there are over ${pathPatternsMax} path patterns`);
  }
  if (!(config.watchedRequestsPerSecondMax > 0)) {
    throw new RangeError(`watchedRequestsPerSecondMax is ${config.watchedRequestsPerSecondMax}, not above 0`);
  }
  assertHideSelectors(config.captureHideSelectors ?? []);
  if ((config.goals ?? []).length > goalsMax) throw new RangeError(`there are over ${goalsMax} goals`);
  if ((config.funnels ?? []).length > funnelsMax) throw new RangeError(`there are over ${funnelsMax} funnels`);
  const steps = (config.funnels ?? []).find((one) => one.steps.length > funnelStepsMax);
  if (steps) throw new RangeError(`funnel "${steps.name}" has over ${funnelStepsMax} steps`);
  // Throws a RangeError of its own, which names the zone.
  new Intl.DateTimeFormat('en-US', { timeZone: config.zone });
}

/** Whether it is a selector is known to a browser only; what is none hides nothing. */
function assertHideSelectors(selectors: readonly string[]): void {
  if (selectors.length > hideSelectorsMax) throw new RangeError(`captures hide over ${hideSelectorsMax} selectors`);
  for (const selector of selectors) {
    if (selector.trim() === '' || selector.length > hideSelectorLengthMax || /[{}]/.test(selector)) {
      throw new RangeError(`"${selector}" is not a CSS selector of 1 to ${hideSelectorLengthMax} characters`);
    }
  }
}
