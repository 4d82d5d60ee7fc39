import { pathLengthMax } from '../contract/event.ts';
import { isOfShape } from '../contract/path-pattern.ts';
import type { PathRules } from '../contract/site.ts';
import { boundedText } from '../stream/bounded.ts';

/** The path as the browser had it, without what is never kept: queries, before or within a fragment. Starts with `/`. */
export function barePath(path: string): string {
  const bare = path.replace(/\?[^#]*/g, '');
  return boundedText(bare.startsWith('/') ? bare : `/${bare}`, pathLengthMax);
}

/** What a bare path counts as. Rules on index files and slashes leave a fragment alone; patterns see path and fragment. */
export function countedPath(path: string, rules: PathRules): string {
  const hashAt = path.indexOf('#');
  let name = hashAt < 0 ? path : path.slice(0, hashAt);
  let fragment = hashAt < 0 ? '' : path.slice(hashAt);
  if (rules.lowerCase) {
    name = name.toLowerCase();
    fragment = fragment.toLowerCase();
  }
  if (rules.dropIndex) name = name.replace(/\/index\.html?$/i, '/');
  if (rules.dropTrailingSlash) name = name.replace(/\/+$/, '') || '/';
  const whole = name + fragment;
  const pattern = rules.patterns.find((candidate) => isOfShape(candidate, whole));
  return boundedText(pattern ?? whole, pathLengthMax);
}
