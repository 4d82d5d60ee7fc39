// Refuses the calls of a function that its role does not allow, as AWS does: here, because whoever is asked does not know who asks.
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';

/** @typedef {{ action: string, resource: string, keys: () => string[] }} Call what a request asks of AWS */
/** @typedef {{ actions: Set<string>, resources: RegExp[], keys: RegExp[] | null }} Right */

/**
 * From now on this thread's signed requests are refused when none of `rights` allows them.
 * @param {import('./rights.ts').Right[]} rights
 * @param {string} account `region:account`, as ARNs have it
 */
export function guardCalls(rights, account) {
  const compiled = rights.map(({ actions, resources, keys }) => ({
    actions: new Set(actions),
    resources: resources.map((resource) => patternOf(withoutStage(resource))),
    keys: keys?.map(patternOf) ?? null,
  }));
  const { request } = http;
  http.request = function guarded(/** @type {any[]} */ ...given) {
    const outgoing = request.apply(http, /** @type {any} */ (given));
    const { end } = outgoing;
    outgoing.end = function checked(/** @type {any[]} */ ...rest) {
      const call = callOf(outgoing, rest[0], account);
      if (call) assertAllowed(compiled, call);
      return end.apply(outgoing, /** @type {any} */ (rest));
    };
    return outgoing;
  };
  syncBuiltinESMExports();
}

/** @param {string} pattern */
const patternOf = (pattern) =>
  new RegExp(`^${pattern.replace(/[\\^$.+?()[\]{}|]/g, '\\$&').replaceAll('*', '.*')}$`, 's');

/** Of connections, which API and stage they are of: on one machine there is one, at an address of its own. @param {string} resource */
const withoutStage = (resource) => resource.replace(/^(arn:aws:execute-api:.*:)[^/:]+\/[^/]+\//, '$1');

/** @param {unknown} chunk */
function textIn(chunk) {
  if (typeof chunk === 'string') return chunk;
  return chunk instanceof Uint8Array ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString() : '';
}

/** @param {Right[]} rights @param {Call} call */
function assertAllowed(rights, { action, resource, keys }) {
  const fitting = rights.filter(
    (right) => right.actions.has(action) && right.resources.some((pattern) => pattern.test(resource)),
  );
  if (fitting.some((right) => right.keys === null)) return;
  const asked = fitting.length > 0 ? keys() : [];
  if (fitting.some((right) => asked.every((key) => right.keys?.some((pattern) => pattern.test(key))))) return;
  const which = asked.length > 0 ? ` [${asked.join(' ')}]` : '';
  const error = new Error(`the function's role in the template does not allow ${action} on ${resource}${which}`);
  throw Object.assign(error, { name: 'AccessDeniedException' });
}

/**
 * Null: nothing of AWS, as the request is not signed.
 * @param {http.ClientRequest} request @param {unknown} chunk its body @param {string} account @returns {Call | null}
 */
function callOf(request, chunk, account) {
  const signed = /Credential=(?:[^/]+\/){3}([^/]+)\/aws4_request/.exec(String(request.getHeader('authorization')));
  if (!signed) return null;
  const [, service = ''] = signed;
  // An object's content says nothing of what is asked, and may be large.
  const body = service === 's3' ? '' : textIn(chunk);
  const operation = String(request.getHeader('x-amz-target')).split('.')[1] ?? '';
  const path = decodeURIComponent(request.path.split('?')[0] ?? '/');
  const [action, resource] = (kinds[service] ?? unknown)({ method: request.method, path, operation, body, account });
  return { action, resource, keys: () => (service === 'dynamodb' ? leadingKeys(body) : []) };
}

/** @param {string} text @param {RegExp} pattern */
const found = (text, pattern) => pattern.exec(text)?.[1] ?? '';
const objectActions = /** @type {Record<string, string>} */ ({
  GET: 's3:GetObject',
  HEAD: 's3:GetObject',
  PUT: 's3:PutObject',
  DELETE: 's3:DeleteObject',
});

/** @typedef {{ method: string, path: string, operation: string, body: string, account: string }} Asked */
/** @typedef {(asked: Asked) => [action: string, resource: string]} Kind */
const unknown = /** @type {Kind} */ (
  ({ method, path, operation }) => [`${operation || `${method} ${path}`} (unknown)`, '']
);

/** By the name that signatures have of a service. @type {Record<string, Kind>} */
const kinds = {
  dynamodb: ({ operation, body, account }) => {
    const table = found(body, /"TableName":"([^"]+)"/) || found(body, /"RequestItems":\{"([^"]+)"/);
    return [`dynamodb:${operation}`, `arn:aws:dynamodb:${account}:table/${table}`];
  },
  kinesis: ({ operation, body, account }) => [
    `kinesis:${operation}`,
    `arn:aws:kinesis:${account}:stream/${found(body, /"StreamName":"([^"]+)"/)}`,
  ],
  logs: ({ operation, body, account }) => [
    `logs:${operation}`,
    `arn:aws:logs:${account}:log-group:${found(body, /"logGroupName":"([^"]+)"/)}:`,
  ],
  monitoring: ({ operation, account }) => [`cloudwatch:${operation}`, `arn:aws:cloudwatch:${account}:alarm:`],
  s3: ({ method, path }) => {
    const [, bucket = '', key = ''] = /^\/([^/]+)\/?(.*)$/s.exec(path) ?? [];
    if (key === '') return ['s3:ListBucket', `arn:aws:s3:::${bucket}`];
    return [objectActions[method] ?? `s3:${method}`, `arn:aws:s3:::${bucket}/${key}`];
  },
  lambda: ({ path, account }) => [
    'lambda:InvokeFunction',
    `arn:aws:lambda:${account}:function:${(path.split('/')[3] ?? '').split(':').at(-1)}`,
  ],
  'execute-api': ({ method, path, account }) => [
    'execute-api:ManageConnections',
    `arn:aws:execute-api:${account}:${method}/@connections/${found(path, /\/@connections\/(.+)$/)}`,
  ],
  ses: ({ account }) => ['ses:SendEmail', `arn:aws:ses:${account}:identity/`],
};

/** The partition keys of the items that a request names; none of a scan. @param {string} body */
function leadingKeys(body) {
  const { Key, Item, RequestItems, KeyConditionExpression, ExpressionAttributeValues } = JSON.parse(body);
  const items = Object.values(RequestItems ?? {}).flatMap((/** @type {any} */ asked) =>
    asked.Keys ? asked.Keys : asked.map((/** @type {any} */ one) => one.DeleteRequest?.Key ?? one.PutRequest?.Item),
  );
  const value = KeyConditionExpression && ExpressionAttributeValues?.[found(KeyConditionExpression, /=\s*(:\w+)/)];
  const keys = [...items, Key, Item].map((item) => item?.pk?.S).concat(value?.S);
  return keys.filter((key) => key !== undefined);
}
