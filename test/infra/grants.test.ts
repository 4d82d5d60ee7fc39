import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { appWith, grantsOf, resourcesOf, templateWith } from './synthesised.ts';

const template = templateWith();
const grants = grantsOf(template);
const logs = (name: string) => [`logs:CreateLogStream on <${name}Log.Arn>`, `logs:PutLogEvents on <${name}Log.Arn>`];
const connections =
  'execute-api:ManageConnections on arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<PushApi>/live/POST/@connections/*';
const closing = connections.replace('/POST/', '/DELETE/');

const identities = 'arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/*';
const allAlarms = 'arn:<AWS::Partition>:cloudwatch:<AWS::Region>:<AWS::AccountId>:alarm:*';

/** Everything that each function may do. Whoever widens one changes this list, on purpose. */
const expected: Record<string, string[]> = {
  '<ArchiveRole>': [
    'kinesis:DescribeStream on <Stream.Arn>',
    'kinesis:DescribeStreamSummary on <Stream.Arn>',
    'kinesis:GetRecords on <Stream.Arn>',
    'kinesis:GetShardIterator on <Stream.Arn>',
    'kinesis:ListShards on <Stream.Arn>',
    ...logs('Archive'),
    's3:ListBucket on <ArchiveBucket.Arn>',
    's3:PutObject on <ArchiveBucket.Arn>/aws/lambda/*',
    's3:PutObject on <ArchiveBucket.Arn>/events/*',
  ],
  '<ForgetRole>': [
    'dynamodb:BatchGetItem on <TablesVisitors.Arn>',
    'dynamodb:BatchWriteItem on <TablesAdmissions.Arn> [*|element|* *|page|* *|value|*]',
    'dynamodb:BatchWriteItem on <TablesCounters.Arn> [*|element|* *|page|* *|value|* *|hour|* *|transition|* *|goal|* *|session|*]',
    'dynamodb:DeleteItem on <TablesSites.Arn> [salt|*]',
    'dynamodb:DeleteItem on <TablesVisitors.Arn>',
    'dynamodb:GetItem on <TablesSites.Arn> [site|* epoch|current epoch|build]',
    'dynamodb:GetItem on <TablesVisitors.Arn>',
    'dynamodb:PutItem on <TablesSites.Arn> [visitor-erasures|*]',
    'dynamodb:Query on <TablesAdmissions.Arn>',
    'dynamodb:Query on <TablesCounters.Arn> [*|element|* *|page|* *|value|* *|hour|* *|transition|* *|goal|* *|session|*]',
    'dynamodb:Query on <TablesSites.Arn> [sites visitor-erasures|*]',
    'dynamodb:UpdateItem on <TablesSites.Arn> [epoch|holder]',
    ...logs('Forget'),
    's3:DeleteObject on <ArchiveBucket.Arn>/events/*',
    's3:DeleteObject on <ArchiveBucket.Arn>/failed/*',
    's3:DeleteObject on <ArchiveBucket.Arn>/redriven/*',
    's3:DeleteObject on <ArchiveBucket.Arn>/residue/*',
    's3:DeleteObject on <CaptureBucket.Arn>/captures/*',
    's3:GetObject on <ArchiveBucket.Arn>/events/*',
    's3:GetObject on <ArchiveBucket.Arn>/failed/*',
    's3:GetObject on <ArchiveBucket.Arn>/redriven/*',
    's3:GetObject on <ArchiveBucket.Arn>/residue/*',
    's3:GetObject on <CaptureBucket.Arn>/captures/*/latest.json',
    's3:ListBucket on <ArchiveBucket.Arn>',
    's3:ListBucket on <CaptureBucket.Arn>',
    's3:PutObject on <ArchiveBucket.Arn>/events/*',
    's3:PutObject on <ArchiveBucket.Arn>/residue/*',
  ],
  '<IngestRole>': [
    'dynamodb:DeleteItem on <TablesSites.Arn> [salt|*]',
    'dynamodb:GetItem on <TablesConnections.Arn> [watch|*]',
    'dynamodb:GetItem on <TablesSites.Arn> [write-key|* site|*]',
    'dynamodb:UpdateItem on <TablesConnections.Arn> [rate|*]',
    'dynamodb:UpdateItem on <TablesSites.Arn> [refused|* used|*]',
    'dynamodb:UpdateItem on <TablesSites.Arn> [salt|*]',
    'dynamodb:UpdateItem on <TablesSites.Arn> [secret|identity]',
    'kinesis:PutRecord on <Stream.Arn>',
    ...logs('Ingest'),
  ],
  '<ProcessRole>': [
    'dynamodb:BatchGetItem on <TablesVisitors.Arn>',
    'dynamodb:DeleteItem on <TablesConnections.Arn>',
    'dynamodb:DeleteItem on <TablesVisitors.Arn>',
    'dynamodb:GetItem on <TablesAdmissions.Arn>',
    'dynamodb:GetItem on <TablesConnections.Arn>',
    'dynamodb:GetItem on <TablesSites.Arn> [access|* epoch|current site|*]',
    'dynamodb:GetItem on <TablesVisitors.Arn>',
    'dynamodb:PutItem on <TablesAdmissions.Arn>',
    'dynamodb:Query on <TablesAdmissions.Arn>',
    'dynamodb:Query on <TablesConnections.Arn>',
    'dynamodb:UpdateItem on <TablesConnections.Arn>',
    'dynamodb:UpdateItem on <TablesCounters.Arn>',
    'dynamodb:UpdateItem on <TablesSites.Arn> [used|*]',
    'dynamodb:UpdateItem on <TablesVisitors.Arn>',
    closing,
    connections,
    'kinesis:DescribeStream on <Stream.Arn>',
    'kinesis:DescribeStreamSummary on <Stream.Arn>',
    'kinesis:GetRecords on <Stream.Arn>',
    'kinesis:GetShardIterator on <Stream.Arn>',
    'kinesis:ListShards on <Stream.Arn>',
    'kinesis:PutRecord on <Stream.Arn>',
    ...logs('Process'),
    's3:ListBucket on <ArchiveBucket.Arn>',
    's3:PutObject on <ArchiveBucket.Arn>/aws/lambda/*',
    's3:PutObject on <ArchiveBucket.Arn>/failed/*',
  ],
  '<BudgetRole>': [
    'dynamodb:GetItem on <TablesSites.Arn> [site|*]',
    'dynamodb:PutItem on <TablesSites.Arn> [site|*]',
    'dynamodb:Query on <TablesSites.Arn> [site|* sites used|*]',
    ...logs('Budget'),
  ],
  '<QueryRole>': [
    `cloudwatch:DescribeAlarmHistory on ${allAlarms}`,
    `cloudwatch:DescribeAlarms on ${allAlarms}`,
    'cloudwatch:GetMetricData on *',
    'dynamodb:BatchGetItem on <TablesCounters.Arn>',
    'dynamodb:DeleteItem on <TablesConnections.Arn> [connection|* site|* ticket|*]',
    'dynamodb:DeleteItem on <TablesSites.Arn> [alerts|*]',
    'dynamodb:DeleteItem on <TablesSites.Arn> [api-key|* invitation|* share|* site|* user|* write-key|*]',
    'dynamodb:GetItem on <TablesConnections.Arn> [connection|* overlay|* share|* watch|*]',
    'dynamodb:GetItem on <TablesCounters.Arn>',
    'dynamodb:GetItem on <TablesSites.Arn> [access|* api-key|* invitation|* share|* user|*]',
    'dynamodb:GetItem on <TablesSites.Arn> [alerts|*]',
    'dynamodb:GetItem on <TablesSites.Arn> [epoch|current refused|* site|* write-key|*]',
    'dynamodb:PutItem on <TablesConnections.Arn> [overlay|* share|* ticket|*]',
    'dynamodb:PutItem on <TablesSites.Arn> [audit|* erasures site|* sites user|* write-key|*]',
    'dynamodb:PutItem on <TablesSites.Arn> [visitor-erasures|*]',
    'dynamodb:Query on <TablesAdmissions.Arn>',
    'dynamodb:Query on <TablesConnections.Arn> [site|*]',
    'dynamodb:Query on <TablesCounters.Arn>',
    'dynamodb:Query on <TablesSites.Arn> [audit|* site|* user|*]',
    'dynamodb:Query on <TablesSites.Arn> [markers|*]',
    'dynamodb:Query on <TablesSites.Arn> [used|*]',
    'dynamodb:Query on <TablesSites.Arn> [visitor-erasures|*]',
    'dynamodb:UpdateItem on <TablesConnections.Arn> [watch|*]',
    'dynamodb:UpdateItem on <TablesSites.Arn> [access|* api-key|* invitation|* share|* user|*]',
    'dynamodb:UpdateItem on <TablesSites.Arn> [alerts|*]',
    'dynamodb:UpdateItem on <TablesSites.Arn> [markers|*]',
    'dynamodb:UpdateItem on <TablesSites.Arn> [share-tries|*]',
    'dynamodb:UpdateItem on <TablesSites.Arn> [used|*]',
    closing,
    'kinesis:ListShards on <Stream.Arn>',
    'kinesis:PutRecords on <Stream.Arn>',
    'lambda:InvokeFunction on <CaptureFunction.Arn>',
    logs('Query')[0] ?? '',
    ...['Archive', 'Capture', 'Forget', 'Ingest', 'Process', 'Query', 'QuerySocket'].map(
      (name) => `logs:FilterLogEvents on <${name}Log.Arn>`,
    ),
    logs('Query')[1] ?? '',
    's3:GetObject on <ArchiveBucket.Arn>/events/*',
    's3:GetObject on <ArchiveBucket.Arn>/failed/*',
    's3:GetObject on <CaptureBucket.Arn>/captures/*',
    's3:ListBucket on <ArchiveBucket.Arn>',
    's3:ListBucket on <CaptureBucket.Arn>',
  ],
  '<QuerySocketRole>': [
    'dynamodb:DeleteItem on <TablesConnections.Arn>',
    'dynamodb:GetItem on <TablesConnections.Arn>',
    'dynamodb:GetItem on <TablesCounters.Arn>',
    'dynamodb:GetItem on <TablesSites.Arn> [access|* epoch|current site|* user|*]',
    'dynamodb:PutItem on <TablesConnections.Arn>',
    'dynamodb:Query on <TablesConnections.Arn>',
    'dynamodb:Query on <TablesCounters.Arn>',
    'dynamodb:UpdateItem on <TablesConnections.Arn>',
    connections,
    'kinesis:ListShards on <Stream.Arn>',
    'kinesis:PutRecords on <Stream.Arn>',
    ...logs('QuerySocket'),
  ],
  '<CaptureRole>': [
    'dynamodb:GetItem on <TablesSites.Arn> [site|*]',
    ...logs('Capture'),
    's3:PutObject on <CaptureBucket.Arn>/captures/*',
  ],
  '<AlertWatchAlertsRole>': [
    'dynamodb:BatchGetItem on <TablesCounters.Arn>',
    'dynamodb:GetItem on <TablesSites.Arn> [alerts|* epoch|current site|*]',
    'dynamodb:Query on <TablesAdmissions.Arn>',
    'dynamodb:Query on <TablesCounters.Arn>',
    'dynamodb:Query on <TablesSites.Arn> [sites]',
    'dynamodb:UpdateItem on <TablesSites.Arn> [alerts|*]',
    ...logs('AlertWatchAlerts'),
    `ses:SendEmail on ${identities}`,
  ],
  '<CanaryRole>': [
    'dynamodb:BatchGetItem on <TablesCounters.Arn>',
    'dynamodb:GetItem on <TablesSites.Arn> [epoch|current site|sitepulse-canary write-key|sitepulse-canary]',
    'dynamodb:PutItem on <TablesSites.Arn> [site|sitepulse-canary write-key|sitepulse-canary sites]',
    'dynamodb:Query on <TablesSites.Arn> [site|sitepulse-canary write-key|sitepulse-canary]',
    ...logs('Canary'),
  ],
  '<CaptureCapturePlanRole>': [
    'dynamodb:GetItem on <TablesSites.Arn> [epoch|current site|*]',
    'dynamodb:Query on <TablesCounters.Arn>',
    'dynamodb:Query on <TablesSites.Arn> [markers|* sites]',
    'lambda:InvokeFunction on <CaptureFunction.Arn>',
    ...logs('CaptureCapturePlan'),
    's3:GetObject on <CaptureBucket.Arn>/plans/*',
    's3:ListBucket on <CaptureBucket.Arn>',
    's3:PutObject on <CaptureBucket.Arn>/plans/*',
  ],
  '<EraseRole>': [
    'dynamodb:BatchWriteItem on <TablesAdmissions.Arn>',
    'dynamodb:BatchWriteItem on <TablesCounters.Arn>',
    'dynamodb:BatchWriteItem on <TablesSites.Arn> [alerts|* audit|* markers|* refused|* used|* visitor-erasures|*]',
    'dynamodb:BatchWriteItem on <TablesVisitors.Arn>',
    'dynamodb:DeleteItem on <TablesSites.Arn> [access|* api-key|* erasures invitation|* salt|* share|* site|* sites user|* write-key|*]',
    'dynamodb:GetItem on <TablesCounters.Arn>',
    'dynamodb:GetItem on <TablesSites.Arn> [access|* epoch|current]',
    'dynamodb:Query on <TablesSites.Arn> [alerts|* audit|* markers|* refused|* used|* visitor-erasures|* erasures site|*]',
    'dynamodb:Scan on <TablesAdmissions.Arn>',
    'dynamodb:Scan on <TablesCounters.Arn>',
    'dynamodb:Scan on <TablesVisitors.Arn>',
    'dynamodb:UpdateItem on <TablesSites.Arn> [access|* erasures]',
    'kinesis:ListShards on <Stream.Arn>',
    'kinesis:PutRecords on <Stream.Arn>',
    ...logs('Erase'),
    's3:DeleteObject on <ArchiveBucket.Arn>/events/*',
    's3:DeleteObject on <ArchiveBucket.Arn>/failed/*',
    's3:DeleteObject on <ArchiveBucket.Arn>/redriven/*',
    's3:DeleteObject on <ArchiveBucket.Arn>/residue/*',
    's3:DeleteObject on <CaptureBucket.Arn>/captures/*',
    's3:DeleteObject on <CaptureBucket.Arn>/plans/*',
    's3:ListBucket on <ArchiveBucket.Arn>',
    's3:ListBucket on <CaptureBucket.Arn>',
  ],
};

describe('the grants', () => {
  it.each(Object.keys(expected))('%s may do what is listed here and nothing else', (role) => {
    expect(grants[role]).toEqual(expected[role]);
  });

  it('no other role has any', () => {
    expect(Object.keys(grants).sort()).toEqual(Object.keys(expected).sort());
  });

  it('no action is a wildcard, and no resource is more than a named part of one resource', () => {
    const all = Object.values(grants).flat();
    expect(all.filter((line) => line.split(' on ')[0]?.includes('*'))).toEqual([]);
    const wide = all.filter((line) => /\*/.test(line.replace(/ \[.*\]$/, '')));
    expect(new Set(wide.map((line) => line.split(' on ')[1]))).toEqual(
      new Set([
        connections.split(' on ')[1],
        closing.split(' on ')[1],
        // An account's alarms and metrics have no narrower names to ask for them by.
        allAlarms,
        '*',
        // The condition names the sender.
        identities,
        '<ArchiveBucket.Arn>/events/*',
        '<ArchiveBucket.Arn>/failed/*',
        '<ArchiveBucket.Arn>/redriven/*',
        '<ArchiveBucket.Arn>/aws/lambda/*',
        '<ArchiveBucket.Arn>/redriven/*',
        '<ArchiveBucket.Arn>/residue/*',
        '<CaptureBucket.Arn>/captures/*',
        '<CaptureBucket.Arn>/captures/*/latest.json',
        '<CaptureBucket.Arn>/plans/*',
      ]),
    );
  });

  it('only the capture function writes captures', () => {
    const writers = Object.keys(grants).filter((role) =>
      grants[role]?.some((line) => /^s3:(Put)\w* on <CaptureBucket.Arn>(\/captures)?\/\*$/.test(line)),
    );
    expect(writers).toEqual(['<CaptureRole>']);
  });

  it('only ingest reaches salts and the sealing key; the sweep and who removes sites may delete salts, and nothing else of them', () => {
    const secret = Object.entries(grants).flatMap(([role, lines]) =>
      lines.some((line) => line.includes('<TablesSites.Arn>') && !/\[[^\]]+\]$/.test(line)) ? [role] : [],
    );
    expect(secret).toEqual([]);
    const salted = Object.keys(grants).filter((role) => grants[role]?.some((line) => /salt\||secret\|/.test(line)));
    expect(salted.sort()).toEqual(['<EraseRole>', '<ForgetRole>', '<IngestRole>']);
    expect(grants['<ForgetRole>']?.filter((line) => /salt\||secret\|/.test(line))).toEqual([
      'dynamodb:DeleteItem on <TablesSites.Arn> [salt|*]',
    ]);
    const erases = grants['<EraseRole>']?.filter((line) => /salt\||secret\|/.test(line)) ?? [];
    expect(erases.map((line) => line.split(' on ')[0])).toEqual(['dynamodb:DeleteItem']);
  });

  it('roles rest on no policy that AWS manages, and only Lambda may take them on', () => {
    for (const { Properties } of Object.values(resourcesOf(template, 'AWS::IAM::Role'))) {
      expect(Properties.ManagedPolicyArns).toBeUndefined();
      expect(JSON.stringify(Properties.AssumeRolePolicyDocument)).toContain('"Service":"lambda.amazonaws.com"');
    }
  });

  it('each function is invoked only by what its flow needs', () => {
    for (const { Properties } of Object.values(resourcesOf(template, 'AWS::Lambda::Permission'))) {
      expect(Properties.Action).toBe('lambda:InvokeFunction');
      // A route of an API, or the rule of a schedule.
      expect(['apigateway.amazonaws.com', 'events.amazonaws.com']).toContain(Properties.Principal);
      expect(Properties.SourceArn).toBeDefined();
    }
  });
});

describe('cdk-nag', () => {
  it('finds nothing that is not explained beside its resource', () => {
    const { app } = appWith();
    const { violations } = new AwsSolutionsChecks(app).validateScope(app);
    expect(violations).toEqual([]);
  });

  it('finds nothing either where all that can be switched on is: it would keep the deployment from beginning', () => {
    const { app } = appWith({
      tracing: true,
      shards: 12,
      alarmEmails: 'ops@example.com',
      alarmSlack: 'T0123ABCD/C0123ABCD',
      ingestConcurrencyMax: 50,
      captureConcurrencyMax: 2,
      processConcurrencyReserved: 24,
    });
    expect(new AwsSolutionsChecks(app).validateScope(app).violations).toEqual([]);
  });
});
