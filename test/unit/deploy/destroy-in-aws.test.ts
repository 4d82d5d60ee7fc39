import { describe, expect, it } from 'vitest';
import { type DestroyPorts, destroyInAws } from '../../../deploy/destroy-in-aws.ts';

const outputs: Record<string, Record<string, string>> = {
  SitePulse: {
    CountersTableName: 'counters',
    SitesTableName: 'sites',
    ArchiveBucketName: 'archive',
    CapturesBucketName: 'captures',
    StreamName: 'stream',
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
      'hold what was counted, and stay (and cost what they hold):\n    counters\n    sites\n    archive\n    captures\n',
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
    await expect(destroyInAws({ withData: true, isSure: true }, ports)).rejects.toThrow(
      'Data that an earlier run has left',
    );
  });
});
