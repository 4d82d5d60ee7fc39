/** Reads the settings of a site, each within its bounds. Everything here throws ApiError 400 `missing-…` or `bad-…`. */
import {
  excludedNetworksMax,
  excludedPathsMax,
  hideSelectorLengthMax,
  hideSelectorsMax,
  monthlyBudgetUsdMax,
  nameLengthMax,
  originLengthMax,
  originsMax,
  pathPatternsMax,
  retentionDaysMax,
  retentionDaysMin,
  type SitePatch,
  type SiteSettings,
} from '../../contract/account.ts';
import { pathLengthMax } from '../../contract/event.ts';
import { isOriginPattern } from '../../contract/origin.ts';
import type { PathRules } from '../../contract/site.ts';
import { isNetwork } from '../../sites/network.ts';
import { ApiError } from '../api-error.ts';
import { parseBody, textOf } from '../json-body.ts';
import { bad, missing } from '../parameters.ts';
import { funnelsOf, goalsOf } from './goal-settings.ts';
import { lineOf, onlyKnown, type Wish, wholeNumberOf } from './wish.ts';

const settingsCharactersMax = 65_536;

const parsers: { [Name in keyof SiteSettings]: (wish: Wish) => SiteSettings[Name] } = {
  name: (wish) => lineOf(wish, 'name', nameLengthMax),
  zone: parseZone,
  origins: (wish) =>
    listOf(
      wish,
      'origins',
      originsMax,
      originLengthMax,
      isOriginPattern,
      'https://shop.example, https://*.shop.example or http://localhost:*',
    ),
  pathRules: (wish) => parsePathRules(objectOf(wish, 'pathRules')),
  retentionDays: (wish) => wholeNumberOf(wish, 'retentionDays', retentionDaysMin, retentionDaysMax),
  captures: (wish) => {
    const captures = objectOf(wish, 'captures');
    onlyKnown(captures, ['enabled', 'hideSelectors']);
    const isSelector = (text: string) => text.trim() !== '' && !/[{};\p{Cc}\p{Cs}]/u.test(text);
    return {
      enabled: flagOf(captures, 'enabled'),
      hideSelectors: listOf(
        captures,
        'hideSelectors',
        hideSelectorsMax,
        hideSelectorLengthMax,
        isSelector,
        'CSS selectors',
      ),
    };
  },
  exclusions: (wish) => {
    const exclusions = objectOf(wish, 'exclusions');
    onlyKnown(exclusions, ['paths', 'networks']);
    return {
      paths: pathsOf(exclusions, 'paths', excludedPathsMax),
      networks: listOf(
        exclusions,
        'networks',
        excludedNetworksMax,
        60,
        isNetwork,
        'CIDR blocks such as 203.0.113.0/24',
      ),
    };
  },
  movesSampledPercent: (wish) => wholeNumberOf(wish, 'movesSampledPercent', 0, 100),
  monthlyBudgetUsd: (wish) =>
    wish.monthlyBudgetUsd === null ? null : wholeNumberOf(wish, 'monthlyBudgetUsd', 1, monthlyBudgetUsdMax),
  goals: goalsOf,
  funnels: funnelsOf,
};
export const settingNames = Object.keys(parsers) as (keyof SiteSettings)[];

/** What a PATCH asks for. */
export function parsePatch(body: string): SitePatch {
  const wish = parseBody(body, settingsCharactersMax);
  onlyKnown(wish, settingNames);
  const given = settingNames.filter((name) => wish[name] !== undefined);
  if (given.length === 0) throw new ApiError(400, 'nothing-to-change', `give one of ${settingNames.join(', ')}`);
  return Object.fromEntries(given.map((name) => [name, parsers[name](wish)])) as SitePatch;
}

/** What a new site is made of. */
export function parseNewSite(body: string): Pick<SiteSettings, 'name' | 'zone' | 'origins'> {
  const wish = parseBody(body, settingsCharactersMax);
  onlyKnown(wish, ['name', 'zone', 'origins']);
  if (wish.zone === undefined) missing('zone', 'an IANA time zone such as Europe/Berlin');
  if (wish.origins === undefined) missing('origins', 'the origins whose pages may send');
  return { name: parsers.name(wish), zone: parsers.zone(wish), origins: parsers.origins(wish) };
}

function parseZone(wish: Wish): string {
  const accepted = 'an IANA time zone such as Europe/Berlin';
  const zone = textOf(wish, 'zone') ?? missing('zone', accepted);
  try {
    // Offsets such as +01:00 are taken, too, and would know no summer time.
    if (/^[A-Za-z]/.test(zone)) return new Intl.DateTimeFormat('en-US', { timeZone: zone }).resolvedOptions().timeZone;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return bad('zone', zone, accepted);
}

function parsePathRules(rules: Wish): PathRules {
  onlyKnown(rules, ['patterns', 'dropTrailingSlash', 'dropIndex', 'lowerCase']);
  return {
    patterns: pathsOf(rules, 'patterns', pathPatternsMax),
    dropTrailingSlash: flagOf(rules, 'dropTrailingSlash'),
    dropIndex: flagOf(rules, 'dropIndex'),
    lowerCase: flagOf(rules, 'lowerCase'),
  };
}

function pathsOf(wish: Wish, name: string, max: number): string[] {
  const isPattern = (text: string) => text.startsWith('/') && !/[\p{Cc}\p{Cs}?]/u.test(text);
  return listOf(wish, name, max, pathLengthMax, isPattern, 'paths such as /product/:id');
}

function listOf(
  wish: Wish,
  name: string,
  max: number,
  lengthMax: number,
  isOne: (text: string) => boolean,
  accepted: string,
): string[] {
  const list = wish[name];
  if (!Array.isArray(list)) return bad(name, list, `a list: ${accepted}`);
  if (list.length > max) throw new ApiError(400, `bad-${name}`, `${name} has ${list.length} entries: at most ${max}`);
  const wrong = list.find((one) => typeof one !== 'string' || one.length > lengthMax || !isOne(one));
  return wrong === undefined ? [...new Set(list as string[])] : bad(name, wrong, accepted);
}

function objectOf(wish: Wish, name: string): Wish {
  const value = wish[name];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return bad(name, value, 'an object');
  return value as Wish;
}

function flagOf(wish: Wish, name: string): boolean {
  const value = wish[name];
  return typeof value === 'boolean' ? value : bad(name, value, 'true or false');
}
