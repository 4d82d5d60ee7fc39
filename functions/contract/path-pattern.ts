/** Patterns of paths, as path rules, exclusions and goals name them. */

/** Whether a counted path is like a pattern: one of path rules (`/product/:id`), or `/admin/*` for all that lies below. */
export function isPathLike(path: string, pattern: string): boolean {
  if (pattern.endsWith('/*')) return path.startsWith(pattern.slice(0, -1));
  return isOfShape(pattern, path);
}

/** `/product/:id`: as many segments, each equal, or anything but nothing where the pattern has a `:name`. */
export function isOfShape(pattern: string, path: string): boolean {
  if (!pattern.includes('/:')) return path === pattern;
  const wanted = pattern.split('/');
  const segments = path.split('/');
  return (
    wanted.length === segments.length &&
    wanted.every((part, index) => (part.startsWith(':') ? segments[index] !== '' : part === segments[index]))
  );
}
