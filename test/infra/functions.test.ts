import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { SitePulse } from '../../cdk/sitepulse.ts';
import { functionMemoryMb } from '../../functions/contract/bill.ts';
import { environmentName } from '../../functions/environment.ts';
import { assetRoot, type FunctionName, flat, functionNames, resourcesOf, templateWith } from './synthesised.ts';

const template = templateWith();
const logicalIds: Record<FunctionName, string> = {
  archive: 'ArchiveFunction',
  ingest: 'IngestFunction',
  process: 'ProcessFunction',
  query: 'QueryFunction',
  socket: 'QuerySocketFunction',
  capture: 'CaptureFunction',
  forget: 'ForgetFunction',
  'capture-plan': 'CaptureCapturePlanFunction',
  canary: 'CanaryFunction',
  budget: 'BudgetFunction',
  erase: 'EraseFunction',
  alerts: 'AlertWatchAlertsFunction',
};
const entries: Record<FunctionName, string> = {
  archive: 'functions/archive/archive.lambda.ts',
  ingest: 'functions/ingest/ingest.lambda.ts',
  process: 'functions/process/process.lambda.ts',
  query: 'functions/query/query.lambda.ts',
  socket: 'functions/query/socket.lambda.ts',
  capture: 'functions/capture/capture.lambda.ts',
  forget: 'functions/forget/forget.lambda.ts',
  'capture-plan': 'functions/capture/plan.lambda.ts',
  canary: 'functions/canary/canary.lambda.ts',
  budget: 'functions/budget/budget.lambda.ts',
  erase: 'functions/erase/erase.lambda.ts',
  alerts: 'functions/alerts/alerts.lambda.ts',
};

function propertiesOf(name: FunctionName, from = template) {
  const all = Object.entries(resourcesOf(from, 'AWS::Lambda::Function'));
  const found = all.find(([id]) => id.replace(/[0-9A-F]{8}$/, '') === logicalIds[name]);
  if (!found) throw new Error(`there is no function ${logicalIds[name]} among ${all.map(([id]) => id)}`);
  return found[1].Properties;
}
function environmentOf(name: FunctionName, from = template): Record<string, unknown> {
  return (propertiesOf(name, from).Environment as { Variables: Record<string, unknown> }).Variables;
}

describe('the functions', () => {
  it.each(functionNames)('%s is given exactly the environment that its entry reads', (name) => {
    const source = readFileSync(join(import.meta.dirname, '../..', entries[name]), 'utf8');
    const read = [...source.matchAll(/\b(?:environmentName|env)\.(\w+)/g)].map(([, key]) => {
      return environmentName[key as keyof typeof environmentName];
    });
    expect(Object.keys(environmentOf(name)).sort()).toEqual([...new Set(read)].sort());
  });

  it.each(Object.entries(functionMemoryMb))('%s has the %i MB that the cost model reckons with', (name, megabytes) => {
    expect(propertiesOf(name as FunctionName).MemorySize).toBe(megabytes);
  });

  it.each([
    ['ingest', 'arm64', 512, 10],
    ['process', 'arm64', 1024, 60],
    ['archive', 'arm64', 512, 120],
    ['query', 'arm64', 1024, 29],
    ['socket', 'arm64', 512, 29],
    ['capture', 'x86_64', 2048, 60],
    ['forget', 'arm64', 1024, 900],
    ['capture-plan', 'arm64', 256, 300],
    ['erase', 'arm64', 256, 900],
    ['canary', 'arm64', 256, 59],
    ['budget', 'arm64', 256, 300],
    ['alerts', 'arm64', 256, 240],
  ] as const)('%s runs on %s with %i MB for at most %i s', (name, architecture, megabytes, seconds) => {
    const { Architectures, MemorySize, Timeout, Runtime, Handler } = propertiesOf(name);
    expect({ Architectures, MemorySize, Timeout, Runtime, Handler }).toEqual({
      Architectures: [architecture],
      MemorySize: megabytes,
      Timeout: seconds,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
    });
  });

  it('log to groups that expire', () => {
    expect(Object.values(resourcesOf(template, 'AWS::Logs::LogGroup')).map(({ Properties }) => Properties)).toEqual(
      functionNames.map(() => ({ RetentionInDays: 30 })),
    );
  });

  it('reach connections at the given endpoint, and at the stage’s own where none is given', () => {
    for (const name of ['process', 'socket'] as const) {
      const { 'Fn::If': choice } = environmentOf(name).SOCKET_ENDPOINT as { 'Fn::If': [string, unknown, unknown] };
      const [condition, own, given] = choice;
      expect(template.toJSON().Conditions[condition]).toEqual({ 'Fn::Equals': [{ Ref: 'SocketEndpoint' }, ''] });
      expect(flat(own)).toBe('https://<PushApi>.execute-api.<AWS::Region>.<AWS::URLSuffix>/live');
      expect(given).toEqual({ Ref: 'SocketEndpoint' });
    }
    expect(environmentOf('ingest').EDGE_SECRET).toEqual({ Ref: 'EdgeSecret' });
    expect(environmentOf('capture').CAPTURE_NETWORKS).toEqual({ Ref: 'CaptureNetworks' });
  });

  it('are capped only where the configuration says so', () => {
    expect(propertiesOf('ingest').ReservedConcurrentExecutions).toBeUndefined();
    const capped = templateWith({ ingestConcurrencyMax: 50 });
    expect(propertiesOf('ingest', capped).ReservedConcurrentExecutions).toBe(50);
    expect(propertiesOf('process', capped).ReservedConcurrentExecutions).toBeUndefined();
    expect(propertiesOf('capture').ReservedConcurrentExecutions).toBeUndefined();
    expect(propertiesOf('capture', templateWith({ captureConcurrencyMax: 2 })).ReservedConcurrentExecutions).toBe(2);
    const reserved = templateWith({ processConcurrencyReserved: 4 });
    expect(propertiesOf('process', reserved).ReservedConcurrentExecutions).toBe(4);
    const all = { ingestConcurrencyMax: 50, captureConcurrencyMax: 2, processConcurrencyReserved: 4 };
    templateWith(all).hasOutput('ConcurrencyReserved', { Value: '56' });
  });

  it('must be built first, and the error says how', () => {
    const props = { assetRoot: assetRoot(['archive', 'ingest']) };
    expect(() => new SitePulse(new Stack(), 'Analytics', props)).toThrow(
      /process\/index\.mjs is missing: run "npm run build" first/,
    );
  });
});
