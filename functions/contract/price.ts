/**
 * What AWS asks: list prices in US dollars of us-east-1, first tier, without free tiers or discounts. One table, with its date: whoever
 * shows a cost shows the date, too. A price is that of `per` units.
 */
export const priceDate = '2026-11';
export const priceRegion = 'us-east-1';

export type Service = 'API Gateway' | 'Lambda' | 'Kinesis' | 'DynamoDB' | 'CloudFront' | 'S3' | 'CloudWatch';

export interface Price {
  service: Service;
  usd: number;
  per: number;
  /** What a unit is, in AWS's words. */
  unit: string;
  source: string;
}

const million = 1_000_000;
const source = {
  apiGateway: 'https://aws.amazon.com/api-gateway/pricing/',
  lambda: 'https://aws.amazon.com/lambda/pricing/',
  kinesis: 'https://aws.amazon.com/kinesis/data-streams/pricing/',
  dynamo: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
  cloudFront: 'https://aws.amazon.com/cloudfront/pricing/',
  s3: 'https://aws.amazon.com/s3/pricing/',
  cloudWatch: 'https://aws.amazon.com/cloudwatch/pricing/',
};

export const prices = {
  httpRequests: price('API Gateway', 1, million, 'HTTP API requests of up to 512 KB', source.apiGateway),
  socketMessages: price('API Gateway', 1, million, 'WebSocket messages of up to 32 KB', source.apiGateway),
  socketMinutes: price('API Gateway', 0.25, million, 'minutes of open WebSocket connections', source.apiGateway),
  lambdaRequests: price('Lambda', 0.2, million, 'invocations', source.lambda),
  lambdaGbSeconds: price('Lambda', 0.0000133334, 1, 'GB-seconds on arm64', source.lambda),
  shardHours: price('Kinesis', 0.015, 1, 'hours of a provisioned shard', source.kinesis),
  putUnits: price('Kinesis', 0.014, million, 'PUT payload units of 25 KB', source.kinesis),
  writeUnits: price('DynamoDB', 0.625, million, 'on-demand write request units of 1 KB', source.dynamo),
  readUnits: price('DynamoDB', 0.125, million, 'on-demand read request units of 4 KB', source.dynamo),
  tableGbMonths: price('DynamoDB', 0.25, 1, 'GB-months in tables', source.dynamo),
  edgeRequests: price('CloudFront', 0.01, 10_000, 'HTTPS requests', source.cloudFront),
  edgeGb: price('CloudFront', 0.085, 1, 'GB to the internet', source.cloudFront),
  objectPuts: price('S3', 0.005, 1_000, 'PUT requests', source.s3),
  objectGbMonths: price('S3', 0.023, 1, 'GB-months, standard', source.s3),
  logGb: price('CloudWatch', 0.5, 1, 'GB of logs taken in', source.cloudWatch),
  metricMonths: price('CloudWatch', 0.3, 1, 'custom metrics for a month', source.cloudWatch),
  alarmMonths: price('CloudWatch', 0.1, 1, 'alarms for a month', source.cloudWatch),
  dashboardMonths: price('CloudWatch', 3, 1, 'dashboards for a month', source.cloudWatch),
} as const satisfies Record<string, Price>;

/** What a bill counts. */
export type BilledUnit = keyof typeof prices;
export const billedUnits = Object.keys(prices) as BilledUnit[];

function price(service: Service, usd: number, per: number, unit: string, from: string): Price {
  return { service, usd, per, unit, source: from };
}
