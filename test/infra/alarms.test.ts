import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { flat, resourcesOf, templateWith } from './synthesised.ts';

const root = join(import.meta.dirname, '../..');
const runbook = readFileSync(join(root, 'cdk/RUNBOOK.md'), 'utf8');
const articles = [...runbook.matchAll(/^## (\w+)$/gm)].map(([, title]) => title ?? '');
const alarms = Object.values(resourcesOf(templateWith(), 'AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);

describe('the alarms', () => {
  it('each have an article in the runbook, and each article an alarm', () => {
    const named = alarms.map(({ AlarmDescription }) => String(AlarmDescription).split('RUNBOOK: cdk/RUNBOOK.md#')[1]);
    expect(named).toEqual(articles.map((title) => title.toLowerCase()));
  });

  it('watch what the design says', () => {
    expect(
      alarms.map((alarm) => [idOf(alarm), alarm.MetricName, flat(dimensionOf(alarm.Dimensions)), alarm.Threshold]),
    ).toEqual([
      ['CanarySilent', 'canarySeen', 'canary', 1],
      ['CanarySlow', 'canaryMs', 'canary', 10_000],
      ['IngestUnavailable', 'unavailable', 'ingest', 0],
      ['IngestErrors', 'Errors', '<IngestFunction>', 0],
      ['IngestThrottled', 'Throttles', '<IngestFunction>', 0],
      ['StreamThrottled', 'WriteProvisionedThroughputExceeded', '<Stream>', 0],
      ['BudgetSpent', 'sitesOverBudget', 'budget', 0],
      ['RageSurge', 'rageClicks', 'process', 200],
      ['StreamBehind', 'IteratorAge', '<ProcessFunction>', 60_000],
      ['ProcessErrors', 'Errors', '<ProcessFunction>', 0],
      ['ProcessThrottled', 'Throttles', '<ProcessFunction>', 0],
      ['BatchesRetried', 'retriedBatches', 'process', 0],
      ['TablesThrottled', 'throttles', 'process', 0],
      ['FailedRecords', 'failedRecords', 'process', 0],
      ['PushFailures', 'pushFailures', 'process', 0],
      ['SocketErrors', 'socketErrors', 'socket', 0],
      ['QueryErrors', 'queryErrors', 'query', 0],
      ['AlertsUndelivered', 'alertFailures', 'alerts', 0],
      ['CaptureErrors', 'Errors', '<CaptureFunction>', 0],
      ['ArchiveBehind', 'IteratorAge', '<ArchiveFunction>', 3_600_000],
      ['NotForgotten', 'sweepFailures', 'forget', 0],
      ['ForgetErrors', 'Errors', '<ForgetFunction>', 0],
    ]);
  });

  it('tell the topic when they ring, and when they are over', () => {
    for (const { AlarmActions, OKActions } of alarms) {
      expect([AlarmActions, OKActions].map((actions) => (actions as unknown[]).map(flat))).toEqual([
        ['<WarningsTopic>'],
        ['<WarningsTopic>'],
      ]);
    }
  });

  it('watch one metric each, as stand-ins for AWS know no more', () => {
    expect(alarms.filter(({ Metrics }) => Metrics)).toEqual([]);
  });

  it('take silence for quiet, but for the canary’s', () => {
    const rung = alarms.filter(({ TreatMissingData }) => TreatMissingData !== 'notBreaching');
    expect(rung.map((alarm) => [idOf(alarm), alarm.TreatMissingData, alarm.ComparisonOperator])).toEqual([
      ['CanarySilent', 'breaching', 'LessThanThreshold'],
    ]);
  });
});

describe('the topic', () => {
  const topicOf = (context: Record<string, unknown> = {}) => templateWith(context);

  it('mails and posts to nobody unless it is told to', () => {
    expect(resourcesOf(topicOf(), 'AWS::SNS::Subscription')).toEqual({});
    expect(resourcesOf(topicOf(), 'AWS::Chatbot::SlackChannelConfiguration')).toEqual({});
  });

  it('mails each address, and posts to the channel', () => {
    const template = topicOf({ alarmEmails: 'one@example.com, two@example.com', alarmSlack: 'T0123ABCD/C0123ABCD' });
    const mails = Object.values(resourcesOf(template, 'AWS::SNS::Subscription')).map(({ Properties }) => Properties);
    expect(mails.map(({ Protocol, Endpoint }) => [Protocol, Endpoint])).toEqual([
      ['email', 'one@example.com'],
      ['email', 'two@example.com'],
    ]);
    template.hasResourceProperties('AWS::Chatbot::SlackChannelConfiguration', {
      SlackWorkspaceId: 'T0123ABCD',
      SlackChannelId: 'C0123ABCD',
    });
  });
});

function idOf({ AlarmName }: Record<string, unknown>): string {
  return String(AlarmName).replace(/^SitePulse-/, '');
}

function dimensionOf(dimensions: unknown): unknown {
  return (dimensions as { Value: unknown }[])[0]?.Value;
}
