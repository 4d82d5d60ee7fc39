import {
  CloudFormationClient,
  type ListStackResourcesCommand,
  type ListStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { describe, expect, it, vi } from 'vitest';
import { type DestroyPorts, destroyInAws } from '../../../deploy/destroy-in-aws.ts';
import { keptByDeleted } from '../../../deploy/stacks.cloudformation.ts';

const outputs: Record<string, Record<string, string>> = {
  SitePulse: {
    CountersTableName: 'counters',
    SitesTableName: 'sites',
    ArchiveBucketName: 'archive',
    CapturesBucketName: 'captures',
    StreamName: 'stream',
    UserPoolId: 'eu_people',
  },
  SitePulseEdge: { SiteBucketName: 'site-files' },
};

function accountWith(stacks: string[], typed: string) {
  const did: string[] = [];
  const said: string[] = [];
  const ports: DestroyPorts = {
    account: async () => ({ id: '123456789012', region: 'eu-west-1' }),
    stack: async (name) => (stacks.includes(name) ? { status: 'CREATE_COMPLETE', outputs: outputs[name] ?? {} } : null),
    ask: async () => typed,
    async empty(bucket) {
      did.push(`empty ${bucket}`);
      return 3;
    },
    deleteStack: async (name) => void did.push(`delete ${name}`),
    deleteTable: async (name) => void did.push(`delete table ${name}`),
    deleteBucket: async (name) => void did.push(`delete bucket ${name}`),
    deletePool: async (id) => void did.push(`delete pool ${id}`),
    leftOf: async () => ({ tables: [], buckets: [], pools: [] }),
    say: (text) => void said.push(text),
  };
  return { ports, did, said };
}
const both = ['SitePulse', 'SitePulseEdge'];

describe('taking a deployment away', () => {
  it('says what goes and what stays, asks, and leaves the data alone', async () => {
    const { ports, did, said } = accountWith(both, 'destroy');
    await destroyInAws({ withData: false, isSure: false }, ports);
    expect(said[0]).toContain('These stacks go:\n    SitePulseEdge\n    SitePulse\n');
    expect(said[0]).toContain(
      'hold what was counted, and stay (and cost what they hold):\n    counters\n    sites\n    archive\n    captures\n    user pool eu_people\n',
    );
    expect(did).toEqual(['empty site-files', 'delete SitePulseEdge', 'delete SitePulse']);
  });

  it('takes the data along only when that is what was asked for, and typed', async () => {
    const { ports, did, said } = accountWith(both, 'delete the data');
    await destroyInAws({ withData: true, isSure: false }, ports);
    expect(said[0]).toContain('GO WITH IT');
    expect(did.slice(3)).toEqual([
      'delete table counters',
      'delete table sites',
      'empty archive',
      'delete bucket archive',
      'empty captures',
      'delete bucket captures',
      'delete pool eu_people',
    ]);
  });

  it.each([
    [false, 'yes'],
    [false, ''],
    [true, 'destroy'],
  ])('does nothing when somebody types something else (with data: %s, typed: "%s")', async (withData, typed) => {
    const { ports, did } = accountWith(both, typed);
    await expect(destroyInAws({ withData, isSure: false }, ports)).rejects.toThrow('Nothing was done.');
    expect(did).toEqual([]);
  });

  it('does not ask with --yes', async () => {
    const { ports, did } = accountWith(['SitePulse'], 'no');
    await destroyInAws({ withData: false, isSure: true }, ports);
    expect(did).toEqual(['delete SitePulse']);
  });

  it('says so when there is nothing', async () => {
    const { ports } = accountWith([], '');
    await expect(destroyInAws({ withData: false, isSure: true }, ports)).rejects.toThrow(
      'There is no SitePulse in account 123456789012, eu-west-1: nothing to do.',
    );
    await expect(destroyInAws({ withData: true, isSure: true }, ports)).rejects.toThrow('nothing to do.');
  });
});

/** An account in which things stand until they are deleted, and a machine that dies at its `dieAt`th deed: before it, or after. */
function mortal(dieAt: number, when: 'before' | 'after') {
  const standing = new Set([
    'SitePulse',
    'SitePulseEdge',
    'counters',
    'sites',
    'archive',
    'captures',
    'eu_people',
    'else',
  ]);
  const full = new Set(['archive', 'captures', 'site-files', 'else']);
  let deeds = 0;
  const deed = async (change: () => void) => {
    const dies = ++deeds === dieAt;
    if (dies && when === 'before') throw new Error('died');
    change();
    if (dies) throw new Error('died');
  };
  const still = (names: string[]) => names.filter((name) => standing.has(name));
  const said: string[] = [];
  const ports: DestroyPorts = {
    account: async () => ({ id: '123456789012', region: 'eu-west-1' }),
    stack: async (name) => (standing.has(name) ? { status: 'CREATE_COMPLETE', outputs: outputs[name] ?? {} } : null),
    ask: async () => 'delete the data',
    async empty(bucket) {
      await deed(() => full.delete(bucket));
      return 3;
    },
    deleteStack: (name) => deed(() => standing.delete(name)),
    deleteTable: (name) => deed(() => standing.delete(name)),
    deleteBucket: (name) =>
      deed(() => {
        if (full.has(name)) throw new Error(`${name} is not empty`);
        standing.delete(name);
      }),
    deletePool: (id) => deed(() => standing.delete(id)),
    leftOf: async () => ({
      tables: still(['counters', 'sites']),
      buckets: still(['archive', 'captures']),
      pools: still(['eu_people']),
    }),
    say: (text) => void said.push(text),
  };
  return { ports, standing, said, deeds: () => deeds };
}

describe('a destroy with the data that dies', () => {
  const run = (ports: DestroyPorts) => destroyInAws({ withData: true, isSure: false }, ports);

  it('anywhere goes on where it was when it is run again, and takes nothing else', async () => {
    const whole = mortal(0, 'before');
    await run(whole.ports);
    expect(whole.deeds()).toBe(10);
    for (let dieAt = 1; dieAt <= whole.deeds(); dieAt++) {
      for (const when of ['before', 'after'] as const) {
        const { ports, standing } = mortal(dieAt, when);
        await expect(run(ports)).rejects.toThrow('died');
        // After its last deed there is nothing left to do.
        const again = run(ports);
        await (standing.size === 1 ? expect(again).rejects.toThrow('nothing to do') : again);
        expect([...standing], `died ${when} deed ${dieAt}`).toEqual(['else']);
      }
    }
  });

  it('names what is left, and wants it typed again', async () => {
    const { ports, said } = mortal(5, 'after');
    await expect(run(ports)).rejects.toThrow('died');
    said.length = 0;
    await run(ports);
    expect(said[0]).toBe(
      'Account 123456789012, eu-west-1. The stacks are gone.\n  These hold what was counted, and GO WITH IT:\n    archive\n    captures\n    user pool eu_people\n' +
        '  Of the tables, AWS keeps a backup for 35 days; of all else, nothing.',
    );
  });
});

it('what stacks have kept is asked of CloudFormation by the ids of those that are gone, page by page', async () => {
  const client = new CloudFormationClient({ region: 'eu-west-1' });
  const skipped = { ResourceStatus: 'DELETE_SKIPPED', LastUpdatedTimestamp: new Date(0), LogicalResourceId: 'X' };
  const pages: Record<string, object> = {
    stacks: {
      StackSummaries: [
        { StackName: 'SitePulse', StackId: 'id-1' },
        { StackName: 'Other', StackId: 'id-2' },
      ],
      NextToken: 'more',
    },
    'stacks more': { StackSummaries: [{ StackName: 'SitePulse', StackId: 'id-3' }] },
    'id-1': {
      StackResourceSummaries: [{ ...skipped, ResourceType: 'AWS::DynamoDB::Table', PhysicalResourceId: 'counters' }],
      NextToken: 'more',
    },
    'id-1 more': {
      StackResourceSummaries: [
        { ...skipped, ResourceType: 'AWS::S3::Bucket', PhysicalResourceId: 'archive' },
        {
          ...skipped,
          ResourceType: 'AWS::DynamoDB::Table',
          PhysicalResourceId: 'gone',
          ResourceStatus: 'DELETE_COMPLETE',
        },
        { ...skipped, ResourceType: 'AWS::Logs::LogGroup', PhysicalResourceId: 'log' },
      ],
    },
    'id-3': {
      StackResourceSummaries: [
        { ...skipped, ResourceType: 'AWS::S3::Bucket', PhysicalResourceId: 'older' },
        { ...skipped, ResourceType: 'AWS::Cognito::UserPool', PhysicalResourceId: 'eu_people' },
      ],
    },
  };
  vi.spyOn(client, 'send').mockImplementation(async (command: unknown) => {
    const { StackName = 'stacks', NextToken } = (command as ListStackResourcesCommand | ListStacksCommand)
      .input as Record<string, string>;
    return pages[NextToken ? `${StackName} ${NextToken}` : StackName];
  });
  expect(await keptByDeleted(client, 'SitePulse')).toEqual({
    tables: ['counters'],
    buckets: ['archive', 'older'],
    pools: ['eu_people'],
  });
});
