import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { articleOf } from '../../../web/view/runbook.ts';
import { sparkPath, sparkSpan } from '../../../web/view/spark-path.ts';
import { alarmTitle, formatFigure, logText } from '../../../web/view/system-text.ts';

const runbook = readFileSync(join(import.meta.dirname, '../../../cdk/RUNBOOK.md'), 'utf8');

describe('an article of the runbook', () => {
  it('is found by its heading, in paragraphs and items, with what is strong and what is code', () => {
    const blocks = articleOf(runbook, 'IngestUnavailable');
    expect(blocks[0]?.stretches[0]).toEqual({ text: 'What it means.', style: 'strong' });
    expect(blocks[0]?.stretches).toContainEqual({ text: 'POST /v1/events', style: 'code' });
    expect(blocks.filter(({ kind }) => kind === 'item')).toHaveLength(3);
    const words = blocks.flatMap(({ stretches }) => stretches.map(({ text }) => text)).join('');
    expect(words).not.toMatch(/\*\*|^- /m);
    expect(words).toContain('AWS Health page of the region.');
  });

  it('is empty where the runbook has none', () => {
    expect(articleOf(runbook, 'Ingest')).toEqual([]);
  });
});

describe('the line of a figure', () => {
  it('joins minutes that follow each other, and leaves a gap where nothing was measured', () => {
    const minute = 60_000;
    const points = [
      [0, 0],
      [minute, 10],
      [5 * minute, 5],
    ] as const;
    const path = sparkPath(points, { from: 0, to: 10 * minute, width: 100, height: 20 });
    expect(path).toBe('M0.0 20.0h0L10.0 0.0M50.0 10.0h0');
  });

  it('begins with the first that was measured, until there are three hours to show', () => {
    const [hour, now] = [3_600_000, 10 * 3_600_000];
    const points = (...hours: number[]) => hours.map((at) => [at * hour, 1] as const);
    expect(sparkSpan([points(9.5), points(9.25, 9.75), []], now)).toEqual({
      from: 9.25 * hour,
      to: 9.75 * hour,
      isYoung: true,
    });
    const whole = { from: 7 * hour, to: now, isYoung: false };
    expect(sparkSpan([points(7, 8, 10)], now)).toEqual(whole);
    // With one instant there is no time to spread.
    expect(sparkSpan([points(9.5), []], now)).toEqual(whole);
    expect(sparkSpan([[], []], now)).toEqual(whole);
  });

  it('is flat at the bottom where all is zero', () => {
    expect(sparkPath([[0, 0]], { from: 0, to: 1, width: 1, height: 20 })).toBe('M0.0 20.0h0');
  });
});

describe('the words', () => {
  it.each([
    [420, 'ms', '420ms'],
    [1_400, 'ms', '1.4s'],
    [190_000, 'ms', '3m 10s'],
    [12_345.4, 'count', '12.3k'],
  ] as const)('%d %s is %s', (value, unit, text) => {
    expect(formatFigure(value, unit)).toBe(text);
  });

  it('of an alarm are its name’s', () => {
    expect(['StreamBehind', 'CanarySilent'].map(alarmTitle)).toEqual(['Stream behind', 'Canary silent']);
  });

  it('of a structured line are its message, its level and the rest without the stack; of any other, all of it', () => {
    const line = '2026\tid\tERROR\t{"level":"error","message":"a query failed","path":"/x","stack":"at x"}';
    expect(logText(line)).toEqual({ level: 'error', message: 'a query failed', rest: 'path: /x' });
    const metrics = '{"_aws":{"Timestamp":1,"CloudWatchMetrics":[]},"function":"ingest","acceptedBatches":1}';
    expect(logText(metrics)).toEqual({ level: '', message: 'measured', rest: 'function: ingest · acceptedBatches: 1' });
    expect(logText('Task timed out')).toEqual({ level: '', message: 'Task timed out', rest: '' });
    expect(logText('{broken')).toEqual({ level: '', message: '{broken', rest: '' });
  });
});
