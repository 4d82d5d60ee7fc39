import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Value } from '../../../localstack/embedded/intrinsics.ts';
import { readTemplate, resolveTemplate } from '../../../localstack/embedded/template.ts';

/** A place for a name in the text of `Fn::Sub`. */
const hole = (name: string) => `\${${name}}`;

/** The properties of a function `F` whose environment is `variables`, beside a bucket, a stream and an API. */
function variablesOf(variables: Record<string, Value>, parameters: Record<string, string> = {}) {
  const source = {
    Parameters: { Endpoint: { Default: '' } },
    Conditions: {
      NoEndpoint: { 'Fn::Equals': [{ Ref: 'Endpoint' }, ''] },
      HasEndpoint: { 'Fn::Not': [{ Condition: 'NoEndpoint' }] },
      Both: { 'Fn::And': [{ Condition: 'NoEndpoint' }, { Condition: 'HasEndpoint' }] },
      Either: { 'Fn::Or': [{ Condition: 'NoEndpoint' }, { Condition: 'HasEndpoint' }] },
    },
    Resources: {
      Stream862536A4: { Type: 'AWS::Kinesis::Stream' },
      Archive49F1AC64: { Type: 'AWS::S3::Bucket' },
      Absent: { Type: 'AWS::S3::Bucket', Condition: 'HasEndpoint' },
      F: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: variables } } },
    },
  };
  const resources = resolveTemplate(source, 'Stack', parameters);
  const fields = resources
    .find(({ id }) => id === 'F')
    ?.properties.fields('Environment')
    .fields('Variables');
  return { resources, text: (name: string) => fields?.text(name), has: (name: string) => fields?.has(name) };
}

describe('a template', () => {
  it('refers to resources by names without the hash of their logical ids', () => {
    const { text } = variablesOf({ stream: { Ref: 'Stream862536A4' }, bucket: { Ref: 'Archive49F1AC64' } });
    expect(text('stream')).toBe('Stream');
    expect(text('bucket')).toBe('archive');
  });

  it('names a function by the last construct of its path', () => {
    const Metadata = { 'aws:cdk:path': 'SitePulse/Query/Socket/Function/Resource' };
    const source = { Resources: { QuerySocketFunction785538BA: { Type: 'AWS::Lambda::Function', Metadata } } };
    expect(resolveTemplate(source, 'Stack', {})[0]?.name).toBe('socket');
  });

  it('gives attributes as ARNs', () => {
    const { text } = variablesOf({ arn: { 'Fn::GetAtt': ['Stream862536A4', 'Arn'] } });
    expect(text('arn')).toBe('arn:aws:kinesis:us-east-1:000000000000:stream/Stream');
  });

  it('works out Sub, Join, Select and Split', () => {
    const { text } = variablesOf({
      sub: {
        'Fn::Sub': [hole('AWS::Region'), hole('Archive49F1AC64'), hole('Stream862536A4.Arn'), hole('!kept')].join('/'),
      },
      own: { 'Fn::Sub': [hole('mine'), { mine: { Ref: 'Archive49F1AC64' } }] },
      join: { 'Fn::Join': ['-', ['a', { Ref: 'AWS::AccountId' }]] },
      last: { 'Fn::Select': [1, { 'Fn::Split': ['/', { 'Fn::GetAtt': ['Stream862536A4', 'Arn'] }] }] },
    });
    expect(text('sub')).toBe(`us-east-1/archive/arn:aws:kinesis:us-east-1:000000000000:stream/Stream/${hole('kept')}`);
    expect(text('own')).toBe('archive');
    expect(text('join')).toBe('a-000000000000');
    expect(text('last')).toBe('Stream');
  });

  it('chooses by conditions, which parameters decide', () => {
    const variables: Record<string, Value> = {
      endpoint: { 'Fn::If': ['NoEndpoint', 'default', { Ref: 'Endpoint' }] },
      both: { 'Fn::If': ['Both', 'yes', 'no'] },
      either: { 'Fn::If': ['Either', 'yes', 'no'] },
      gone: { 'Fn::If': ['NoEndpoint', { Ref: 'AWS::NoValue' }, 'here'] },
    };
    const without = variablesOf(variables);
    expect([without.text('endpoint'), without.text('both'), without.text('either')]).toEqual(['default', 'no', 'yes']);
    expect(without.has('gone')).toBe(false);
    expect(without.resources.map(({ id }) => id)).not.toContain('Absent');
    const given = variablesOf(variables, { Endpoint: 'http://here' });
    expect([given.text('endpoint'), given.text('gone')]).toEqual(['http://here', 'here']);
    expect(given.resources.map(({ id }) => id)).toContain('Absent');
  });

  it.each<[string, Value, RegExp]>([
    ['an unknown intrinsic function', { 'Fn::Cidr': ['10.0.0.0/8', 2, 8] }, /Fn::Cidr/],
    ['a reference to nothing', { Ref: 'Nobody' }, /Nobody/],
    ['an unknown attribute', { 'Fn::GetAtt': ['Archive49F1AC64', 'Nothing'] }, /attribute Nothing of archive/],
    ['an unknown condition', { 'Fn::If': ['Never', 1, 2] }, /condition Never/],
    ['a selection out of range', { 'Fn::Select': [5, ['a']] }, /Fn::Select/],
  ])('names %s', (_what, value, message) => {
    expect(() => variablesOf({ value })).toThrow(message);
  });

  it('names a resource of a type that it does not know', () => {
    const source = { Resources: { Queue: { Type: 'AWS::SQS::Queue' } } };
    expect(() => resolveTemplate(source, 'Stack', {})).toThrow(/Queue of type AWS::SQS::Queue/);
  });

  it('names a parameter that it does not have', () => {
    expect(() => variablesOf({}, { Endpiont: 'x' })).toThrow(/no parameter Endpiont/);
  });
});

describe('a CDK assembly', () => {
  const folder = mkdtempSync(join(tmpdir(), 'assembly-'));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('leads from an asset key to its folder', () => {
    const destinations = { here: { objectKey: 'abc.zip' } };
    const files = { abc: { source: { path: 'asset.abc' }, destinations } };
    writeFileSync(join(folder, 'S.assets.json'), JSON.stringify({ files }));
    writeFileSync(join(folder, 'S.template.json'), JSON.stringify({ Resources: {} }));
    const template = readTemplate(folder, 'S', {});
    expect(template.assetFolder('abc.zip')).toBe(join(folder, 'asset.abc'));
    expect(() => template.assetFolder('other.zip')).toThrow(/other\.zip/);
  });
});
