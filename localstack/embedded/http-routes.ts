/** One route of an HTTP API, such as `GET /v1/sites/{site}/live`, `ANY /v1/{proxy+}` or `$default`. */
export interface HttpRoute {
  key: string;
  /** The function's name. */
  fn: string;
}

export interface RouteMatch {
  route: HttpRoute;
  parameters: Record<string, string>;
}

/**
 * The route for a request: a full match goes before one with `{proxy+}`, that before `$default`, and a route for the method
 * before one for ANY (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html).
 */
export function matchRoute(routes: HttpRoute[], method: string, path: string): RouteMatch | undefined {
  // Nothing goes before a route that is the request word for word; and events are nearly all that comes.
  const same = routes.find(({ key }) => key === `${method} ${path}` && !key.includes('{'));
  if (same) return { route: same, parameters: {} };
  const matches = routes
    .map((route) => ({ route, parameters: parametersOf(route.key, method, path) }))
    .filter((match): match is RouteMatch => match.parameters !== undefined);
  return matches.sort((left, right) => rank(left.route.key) - rank(right.route.key))[0];
}

function rank(key: string): number {
  if (key === '$default') return 1_000;
  const variables = key.split('{').length - 1;
  return (key.includes('+}') ? 100 : 0) + (key.startsWith('ANY ') ? 50 : 0) + variables;
}

/** The path's parameters; undefined when it is not of the route. */
function parametersOf(key: string, method: string, path: string): Record<string, string> | undefined {
  if (key === '$default') return {};
  const [wantedMethod = '', pattern = ''] = key.split(' ');
  if (wantedMethod !== 'ANY' && wantedMethod !== method) return undefined;
  const wanted = pattern.split('/');
  const found = path.split('/');
  const parameters: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const name = /^\{(.+?)\+?\}$/.exec(part)?.[1];
    const value = part.endsWith('+}') ? found.slice(index).join('/') : found[index];
    if (!value && part !== '') return undefined;
    if (name !== undefined) parameters[name] = decoded(value ?? '');
    else if (value !== part) return undefined;
    if (part.endsWith('+}')) return parameters;
  }
  return found.length === wanted.length ? parameters : undefined;
}

/** As it is, when it is not validly encoded: the function says what it thinks of it. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
