import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { SitePulse } from '../../cdk/sitepulse.ts';
import { assetRoot, resourcesOf, templateWith } from './synthesised.ts';

interface Resource {
  Type: string;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}
/** What holds data: losing one of them, or its name, loses what was counted. */
const holdsData =
  /^AWS::(DynamoDB::Table|S3::Bucket|Kinesis::Stream|Cognito::UserPool|SecretsManager::Secret|KMS::Key)$/;

function stateOf(template: Template): string {
  const resources = Object.entries(template.toJSON().Resources as Record<string, Resource>);
  const lines = resources
    .filter(([, { Type }]) => holdsData.test(Type))
    .map(([id, { Type, DeletionPolicy, UpdateReplacePolicy }]) => {
      return `${id}  ${Type}  deleted: ${DeletionPolicy}  replaced: ${UpdateReplacePolicy}`;
    });
  return `${lines.sort().join('\n')}\n`;
}

describe('what holds data', () => {
  // Another logical id is another table: an upgrade would begin with empty ones. Change this file only with a way to move the data.
  it('is called as it always was, and is kept', async () => {
    await expect(stateOf(templateWith())).toMatchFileSnapshot('state.snapshot.txt');
  });
});

describe("SitePulse in somebody else's app", () => {
  const app = new App();
  const stack = new Stack(app, 'Shop');
  const pulse = new SitePulse(stack, 'Analytics', { shards: 2, logRetentionDays: 7, assetRoot: assetRoot() });
  const template = Template.fromStack(stack);

  it('is the same pipeline, set by properties', () => {
    template.hasResourceProperties('AWS::Kinesis::Stream', { ShardCount: 2 });
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 7 });
    const types = (from: Template) =>
      Object.values(from.toJSON().Resources as Record<string, Resource>)
        .map(({ Type }) => Type)
        .sort();
    expect(types(template)).toEqual(types(templateWith()));
  });

  it('asks nothing of whoever deploys it', () => {
    const parameters = Object.keys(template.toJSON().Parameters as object);
    expect(parameters).toEqual(['BootstrapVersion']);
  });

  it('warns of nothing: no condition is always the same', () => {
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
    const conditions = Object.values(
      (template.toJSON().Conditions ?? {}) as Record<string, { 'Fn::Equals'?: unknown[] }>,
    );
    for (const { 'Fn::Equals': sides } of conditions) expect(sides).not.toEqual(['', '']);
  });

  it('tells where it is, for what stands beside it', () => {
    expect(stack.resolve(pulse.apiUrl)).toBeDefined();
    expect(Object.keys(resourcesOf(template, 'AWS::DynamoDB::Table'))).toContain(
      stack.resolve(pulse.tables.counters.tableName).Ref,
    );
  });

  it('can stand there twice', () => {
    const both = new Stack();
    for (const id of ['Shop', 'Blog']) new SitePulse(both, id, { assetRoot: assetRoot() });
    Template.fromStack(both).resourceCountIs('AWS::Kinesis::Stream', 2);
  });

  it('keeps what cdk-nag asks for', () => {
    expect(new AwsSolutionsChecks(app).validateScope(app).violations).toEqual([]);
  });

  it('refuses what it does not know, and what is out of bounds, by name', () => {
    const make = (props: object) => () => new SitePulse(new Stack(), 'Analytics', { assetRoot: assetRoot(), ...props });
    expect(make({ shard: 2 })).toThrow('property "shard" is no setting of SitePulse: did you mean "shards"?');
    expect(make({ shards: 0 })).toThrow('property "shards" is 0: write a whole number from 1 to 500');
  });
});
