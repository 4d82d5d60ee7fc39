import type { Value } from './intrinsics.ts';

export const account = '000000000000';
export const region = 'us-east-1';
export const partition = 'aws';

/** What `Ref` and `Fn::GetAtt` give for a resource of one type. `name` is its physical name. */
interface Identity {
  reference?(name: string): string;
  attributes?: Record<string, (name: string) => string>;
}

function arn(service: string, resource: (name: string) => string): (name: string) => string {
  return (name) => `arn:${partition}:${service}:${region}:${account}:${resource(name)}`;
}

/** The types that the embedded cloud runs. */
const running: Record<string, Identity> = {
  'AWS::Kinesis::Stream': { attributes: { Arn: arn('kinesis', (name) => `stream/${name}`) } },
  'AWS::DynamoDB::Table': { attributes: { Arn: arn('dynamodb', (name) => `table/${name}`) } },
  'AWS::S3::Bucket': { attributes: { Arn: (name) => `arn:${partition}:s3:::${name}` } },
  'AWS::Lambda::Function': { attributes: { Arn: arn('lambda', (name) => `function:${name}`) } },
  'AWS::Lambda::EventSourceMapping': {},
  'AWS::IAM::Role': { attributes: { Arn: (name) => `arn:${partition}:iam::${account}:role/${name}` } },
  'AWS::IAM::Policy': {},
  'AWS::Events::Rule': { attributes: { Arn: arn('events', (name) => `rule/${name}`) } },
  'AWS::ApiGatewayV2::Api': {
    attributes: { ApiId: (name) => name, ApiEndpoint: (name) => `https://${name}.execute-api.${region}.amazonaws.com` },
  },
  'AWS::ApiGatewayV2::Stage': {},
  'AWS::ApiGatewayV2::Route': {},
  'AWS::ApiGatewayV2::Integration': {},
  'AWS::CloudWatch::Alarm': { attributes: { Arn: arn('cloudwatch', (name) => `alarm:${name}`) } },
  'AWS::SNS::Topic': { reference: arn('sns', (name) => name), attributes: { TopicName: (name) => name } },
};

/** Known, and of no effect on one machine: who may call what is AWS's to enforce, and logs are kept another way. */
const ignored: Record<string, Identity> = {
  'AWS::IAM::ManagedPolicy': {},
  'AWS::Lambda::Permission': {},
  'AWS::Logs::LogGroup': { attributes: { Arn: arn('logs', (name) => `log-group:${name}:*`) } },
  'AWS::S3::BucketPolicy': {},
  'AWS::ApiGatewayV2::Deployment': {},
  'AWS::ApiGateway::Account': {},
  'AWS::SNS::TopicPolicy': {},
  'AWS::SNS::Subscription': {},
  'AWS::Chatbot::SlackChannelConfiguration': {},
  'AWS::CloudWatch::Dashboard': {},
  'AWS::CDK::Metadata': {},
};

/** @throws Error that names the type and the resource when it is neither run nor knowingly left out. */
export function assertKnown(type: string, id: string): void {
  if (running[type] || ignored[type]) return;
  throw new Error(
    `the template has ${id} of type ${type}, which the embedded cloud does not know: teach it in localstack/embedded, or list it there as of no effect`,
  );
}

/** The properties that may give a resource its name, by type. */
const nameProperties = [
  'Name',
  'TableName',
  'BucketName',
  'FunctionName',
  'StageName',
  'LogGroupName',
  'RoleName',
  'AlarmName',
];

/**
 * The name given by the template; for a function the last construct of its path, such as `ingest`; otherwise the logical id
 * without the hash that the CDK puts behind it. A name that stays the same over restarts, and that a person can read in a log's
 * file name.
 */
export function physicalName(id: string, type: string, properties: Record<string, Value>, path: string): string {
  if (type !== 'AWS::ApiGatewayV2::Api') {
    for (const property of nameProperties) {
      const given = properties[property];
      if (typeof given === 'string') return given;
    }
  }
  const construct = path.split('/').findLast((part) => part !== 'Resource' && part !== 'Function');
  if (type === 'AWS::Lambda::Function' && construct) return construct.toLowerCase();
  const short = id.replace(/[0-9A-F]{8}$/, '') || id;
  return type === 'AWS::S3::Bucket' || type === 'AWS::ApiGatewayV2::Api' ? short.toLowerCase() : short;
}

export function referenceTo(type: string, name: string): string {
  return (running[type] ?? ignored[type])?.reference?.(name) ?? name;
}

/** @throws Error that names the attribute when it is not known. */
export function attributeOf(type: string, name: string, attribute: string): string {
  const make = (running[type] ?? ignored[type])?.attributes?.[attribute];
  if (!make) throw new Error(`the embedded cloud does not know the attribute ${attribute} of ${name} (${type})`);
  return make(name);
}

/** The last part of an ARN, or the text itself when it is a name. */
export function nameInArn(arnOrName: string): string {
  return arnOrName.split(/[:/]/).at(-1) ?? arnOrName;
}
