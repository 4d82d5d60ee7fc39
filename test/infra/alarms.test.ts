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

  it('watch how old the stream is, and what fails', () => {
    expect(
      alarms.map(({ MetricName, Dimensions, Threshold }) => [MetricName, flat(dimensionOf(Dimensions)), Threshold]),
    ).toEqual([
      ['Unavailable', 'ingest', 0],
      ['Errors', '<IngestFunction>', 0],
      ['IteratorAge', '<ProcessFunction>', 60_000],
      ['Errors', '<ProcessFunction>', 0],
      ['retriedBatches', 'process', 0],
      ['failedRecords', 'process', 0],
      ['IteratorAge', '<ArchiveFunction>', 3_600_000],
    ]);
  });

  it('look at metrics that the functions do write', () => {
    const sources = { ingest: 'functions/ingest/ingest-metrics.ts', process: 'functions/process/process.lambda.ts' };
    for (const { Namespace, MetricName, Dimensions } of alarms) {
      if (Namespace !== 'SitePulse') continue;
      const fn = flat(dimensionOf(Dimensions)) as keyof typeof sources;
      expect(readFileSync(join(root, sources[fn]), 'utf8')).toMatch(new RegExp(`\\b${MetricName}: \\[`));
    }
  });

  it('take silence for quiet', () => {
    expect(new Set(alarms.map(({ TreatMissingData }) => TreatMissingData))).toEqual(new Set(['notBreaching']));
  });
});

function dimensionOf(dimensions: unknown): unknown {
  return (dimensions as { Value: unknown }[])[0]?.Value;
}
