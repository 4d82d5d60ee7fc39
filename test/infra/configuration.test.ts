import { App } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { readConfiguration } from '../../cdk/configuration.ts';
import { readContext } from '../../cdk/context.ts';

const read = (context: Record<string, unknown>) => readConfiguration(new App({ context }).node);

describe('the configuration', () => {
  it('has defaults, which cdk.json writes out, but for what a deployment decides', () => {
    const defaults = read({});
    expect(defaults).toEqual(read(readContext()));
    const left = Object.keys(defaults).filter((name) => !(name in readContext()));
    expect(left).toEqual(['dashboardUrls', 'processConcurrencyReserved']);
  });

  it('reads text, as -c gives it', () => {
    expect(read({ shards: '4', onDemandStream: 'true', logRetentionDays: '7' })).toMatchObject({
      shards: 4,
      onDemandStream: true,
      logRetentionDays: 7,
    });
  });

  it.each([
    ['shards', 0, 'a whole number from 1 to 500, such as 1'],
    ['shards', 1.5, 'a whole number from 1 to 500'],
    ['shards', 'two', 'a whole number from 1 to 500'],
    ['onDemandStream', 'yes', 'true or false'],
    ['streamGeneration', -1, 'a whole number from 0 to 1295'],
    ['epoch', 0, 'a whole number from 1 to'],
    ['logRetentionDays', 31, 'one of 1, 3, 5, 7, 14, 30, 60, 90'],
    ['alarmEmails', 'nobody', 'at most 20 addresses, separated by commas'],
    ['alarmSlack', '#alarms', 'the ids of workspace and channel, such as T0123ABCD/C0123ABCD'],
    ['requestsPerSecondMax', 20_000, 'a whole number from 1 to 10000'],
  ])('refuses %s = %j by name, and says what to write', (field, value, fix) => {
    expect(() => read({ [field]: value })).toThrow(`context "${field}" is ${JSON.stringify(value)}: write ${fix}`);
  });

  it('refuses a name that it does not know, and says which one is near', () => {
    expect(() => read({ shard: 2 })).toThrow(
      'in cdk.json (or by -c) the context "shard" is no setting of SitePulse: did you mean "shards"?',
    );
    expect(() => read({ colour: 'red' })).toThrow(
      '"colour" is no setting of SitePulse: there are shards, onDemandStream',
    );
  });

  it("leaves the CDK's own switches and look-ups alone", () => {
    expect(() =>
      read({ '@aws-cdk/core:newOne': true, 'aws:cdk:bundling-stacks': [], 'ami:account=1': 'x' }),
    ).not.toThrow();
  });
});
