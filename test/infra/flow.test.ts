import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { flat, resourcesOf, templateWith } from './synthesised.ts';

const template = templateWith();
const mappingOf = (context: Record<string, unknown> = {}, fn = '<ProcessFunction>') =>
  Object.values(resourcesOf(templateWith(context), 'AWS::Lambda::EventSourceMapping'))
    .map(({ Properties }) => Properties)
    .find(({ FunctionName }) => flat(FunctionName) === fn) ?? {};

describe('the event source mapping', () => {
  it('reads each shard in order, for ever, and splits what fails', () => {
    const { EventSourceArn, FunctionName, DestinationConfig, ...settings } = mappingOf();
    expect(settings).toEqual({
      BatchSize: 500,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumBatchingWindowInSeconds: 0,
      MaximumRecordAgeInSeconds: -1,
      MaximumRetryAttempts: -1,
      ParallelizationFactor: 1,
      StartingPosition: 'TRIM_HORIZON',
    });
    expect(flat(EventSourceArn)).toBe('<Stream.Arn>');
    expect(flat(FunctionName)).toBe('<ProcessFunction>');
    expect(flat((DestinationConfig as { OnFailure: { Destination: unknown } }).OnFailure.Destination)).toBe(
      '<ArchiveBucket.Arn>',
    );
  });

  it.each([
    [1, 0],
    [2, 0],
    [3, 1],
    [8, 4],
  ])('of %i shards waits %i s for a batch to fill', (shards, seconds) => {
    expect(mappingOf({ shards }).MaximumBatchingWindowInSeconds).toBe(seconds);
  });
});

describe("the archive's event source mapping", () => {
  it('fails as the processor’s does, and gathers for as long as the parameter says', () => {
    const { FunctionName, BatchSize, MaximumBatchingWindowInSeconds, ...same } = mappingOf({}, '<ArchiveFunction>');
    const { FunctionName: _fn, BatchSize: _size, MaximumBatchingWindowInSeconds: _window, ...wanted } = mappingOf();
    expect(same).toEqual(wanted);
    expect(flat(FunctionName)).toBe('<ArchiveFunction>');
    expect(BatchSize).toBe(10_000);
    expect(MaximumBatchingWindowInSeconds).toEqual({ Ref: 'ArchiveWindowSeconds' });
    template.hasParameter('ArchiveWindowSeconds', { Type: 'Number', Default: 300, MinValue: 1, MaxValue: 300 });
  });
});

describe('the stream', () => {
  it('has one shard, a day of records, and is encrypted', () => {
    template.hasResource('AWS::Kinesis::Stream', {
      Properties: {
        ShardCount: 1,
        RetentionPeriodHours: 24,
        StreamModeDetails: { StreamMode: 'PROVISIONED' },
        StreamEncryption: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' },
      },
      // Deleted with the stack, as an idle shard costs; kept when replaced, as it may hold unread records.
      DeletionPolicy: 'Delete',
      UpdateReplacePolicy: 'Retain',
    });
  });

  it('chooses its shards itself when it is told to', () => {
    templateWith({ onDemandStream: true }).hasResourceProperties('AWS::Kinesis::Stream', {
      ShardCount: Match.absent(),
      StreamModeDetails: { StreamMode: 'ON_DEMAND' },
    });
  });
});

describe('the tables', () => {
  const tables = resourcesOf(template, 'AWS::DynamoDB::Table');

  it('are five', () => {
    expect(Object.keys(tables).map((id) => id.replace(/[0-9A-F]{8}$/, ''))).toEqual([
      'TablesCounters',
      'TablesVisitors',
      'TablesAdmissions',
      'TablesSites',
      'TablesConnections',
    ]);
  });

  it.each(Object.entries(tables))(
    '%s expires items, can be restored, is encrypted, and outlives the stack',
    (_, table) => {
      expect(table.Properties.TimeToLiveSpecification).toEqual({ AttributeName: 'ttl', Enabled: true });
      expect(table.Properties.PointInTimeRecoverySpecification).toEqual({ PointInTimeRecoveryEnabled: true });
      expect(table.Properties.SSESpecification).toEqual({ SSEEnabled: true });
      expect(table.Properties.BillingMode).toBe('PAY_PER_REQUEST');
      expect([table.DeletionPolicy, table.UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
    },
  );

  it.each(Object.entries(tables))('%s is keyed as its adapters key it', (id, table) => {
    const sorted = id.startsWith('TablesVisitors') ? [] : [{ AttributeName: 'sk', KeyType: 'RANGE' }];
    expect(table.Properties.KeySchema).toEqual([{ AttributeName: 'pk', KeyType: 'HASH' }, ...sorted]);
  });
});

describe('the buckets', () => {
  const buckets = resourcesOf(template, 'AWS::S3::Bucket');

  it.each(Object.entries(buckets))('%s is closed to the public, encrypted, and outlives the stack', (_, bucket) => {
    expect(bucket.Properties.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    expect(JSON.stringify(bucket.Properties.BucketEncryption)).toContain('"SSEAlgorithm":"AES256"');
    expect(bucket.DeletionPolicy).toBe('Retain');
  });

  it('are two, and each refuses what is not TLS', () => {
    expect(Object.keys(buckets)).toHaveLength(2);
    const policies = Object.values(resourcesOf(template, 'AWS::S3::BucketPolicy'));
    expect(policies).toHaveLength(2);
    for (const { Properties } of policies) {
      const { Statement } = Properties.PolicyDocument as { Statement: unknown[] };
      expect(Statement).toEqual([
        expect.objectContaining({
          Effect: 'Deny',
          Action: 's3:*',
          Principal: { AWS: '*' },
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      ]);
    }
  });

  it('let go of pictures after 90 days, of failed records after a year, and of the archive when the counters of its days go', () => {
    const expiring = Object.values(buckets).flatMap(({ Properties }) =>
      (Properties.LifecycleConfiguration as { Rules: { Prefix?: string; ExpirationInDays?: number }[] }).Rules.flatMap(
        ({ Prefix, ExpirationInDays }) => (ExpirationInDays ? [[Prefix, ExpirationInDays]] : []),
      ),
    );
    expect(expiring).toEqual([
      ['events/', 400],
      ['residue/', 400],
      ['failed/', 365],
      ['redriven/', 365],
      ['aws/lambda/', 365],
      ['athena/', 7],
      ['captures/', 90],
    ]);
  });
});

describe('the template', () => {
  it('has only resources that stand-ins for AWS know, and no custom resource', () => {
    const types = Object.values(template.toJSON().Resources as Record<string, { Type: string }>).map(
      ({ Type }) => Type,
    );
    expect([...new Set(types)].sort()).toEqual([
      'AWS::ApiGatewayV2::Api',
      'AWS::ApiGatewayV2::Integration',
      'AWS::ApiGatewayV2::Route',
      'AWS::ApiGatewayV2::Stage',
      'AWS::CloudWatch::Alarm',
      'AWS::CloudWatch::Dashboard',
      // Where no issuer is given (`OidcIssuerUrl`): a stand-in that lacks one of these is given one.
      'AWS::Cognito::ManagedLoginBranding',
      'AWS::Cognito::UserPool',
      'AWS::Cognito::UserPoolClient',
      'AWS::Cognito::UserPoolDomain',
      'AWS::Cognito::UserPoolGroup',
      'AWS::DynamoDB::Table',
      // MiniStack runs rates of minutes.
      'AWS::Events::Rule',
      'AWS::IAM::Policy',
      'AWS::IAM::Role',
      'AWS::Kinesis::Stream',
      'AWS::Lambda::EventSourceMapping',
      'AWS::Lambda::Function',
      'AWS::Lambda::Permission',
      'AWS::Logs::LogGroup',
      'AWS::S3::Bucket',
      'AWS::S3::BucketPolicy',
      'AWS::SNS::Topic',
      'AWS::SNS::TopicPolicy',
    ]);
  });

  it('takes eleven parameters of its own, none of which must be given', () => {
    for (const name of [
      'SocketEndpoint',
      'ApiEndpoint',
      'EdgeSecret',
      'CaptureNetworks',
      'OidcIssuerUrl',
      'OidcAudience',
      'OidcClientIds',
    ]) {
      template.hasParameter(name, { Type: 'String', Default: '' });
    }
    template.hasParameter('EdgeSecret', { NoEcho: true });
    const own = Object.keys(template.toJSON().Parameters as object).filter((name) => name !== 'BootstrapVersion');
    expect(own).toHaveLength(11);
  });

  it('puts out what whoever runs it must know', () => {
    expect(Object.keys(template.toJSON().Outputs as object).sort()).toEqual([
      'AdmissionsTableName',
      'ArchiveBucketName',
      'CapturesBucketName',
      'ConcurrencyReserved',
      'ConnectionsTableName',
      'CountersTableName',
      'Epoch',
      'HttpApiUrl',
      'OidcClientId',
      'OidcIssuer',
      'SignOutUrl',
      'SitesTableName',
      'SocketUrl',
      'StreamGeneration',
      'StreamName',
      'UserPoolId',
      'VisitorsTableName',
      'WarningTopicArn',
    ]);
  });
});
