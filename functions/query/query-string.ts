/**
 * The parameters of an address's query as forms write them (a plus sign is a space), read from the query as it was sent: what API Gateway
 * makes of a plus sign in `queryStringParameters` is documented nowhere. Values of a repeated name are joined by commas, as there:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function queryOf(rawQuery: string): Record<string, string> {
  const joined = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(rawQuery)) {
    const before = joined.get(name);
    joined.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(joined);
}
