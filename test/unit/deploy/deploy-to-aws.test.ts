import { describe, expect, it } from 'vitest';
import { type DeployPorts, deployToAws } from '../../../deploy/deploy-to-aws.ts';
import type { StackFacts } from '../../../deploy/stacks.cloudformation.ts';

const shop = { site: 'shop', name: 'Shop', zone: 'UTC', origins: ['https://shop.example'] };

/** An account in which `there` stands already; a deployed stack stands there from then on. */
function accountWith(
  there: string[],
  { hasUserPool = false, failing = '', unreserved = 0, openShards = 3, chosen = {} as Record<string, unknown> } = {},
) {
  const did: string[] = [];
  const outputs: Record<string, Record<string, string>> = {
    SitePulse: {
      SitesTableName: 'sites-table',
      SocketUrl: 'wss://socket',
      StreamName: 'stream',
      ...(hasUserPool
        ? { UserPoolId: 'pool', OidcIssuer: 'https://issuer', OidcClientId: 'client', SignOutUrl: 'https://out' }
        : {}),
    },
    SitePulseEdge: { Url: 'https://d1.cloudfront.net', SiteBucketName: 'site-bucket' },
  };
  const stacks = new Set(there);
  const sites = new Set(there.includes('SitePulse') ? ['older'] : []);
  let secrets = 0;
  const ports: DeployPorts = {
    account: async () => ({ id: '123456789012', region: 'eu-west-1' }),
    build: async () => void did.push('build'),
    async cdk(args) {
      did.push(args.join(' '));
      if (failing && args.includes(failing)) throw new Error(`${failing} failed`);
      if (args[0] === 'bootstrap') stacks.add('CDKToolkit');
      for (const arg of args) if (/^SitePulse\w*$/.test(arg)) stacks.add(arg);
    },
    async synth(settings) {
      did.push(`synth ${settings.join(' ')}`.trim());
      return ['SitePulse', 'SitePulseSql', 'SitePulseEdge'];
    },
    setting: (name) => ({ siteCreators: 'owners', shards: 3, ...chosen })[name],
    unreservedConcurrency: async () => unreserved,
    openShards: async () => openShards,
    stack: async (name): Promise<StackFacts | null> =>
      stacks.has(name) ? { status: 'CREATE_COMPLETE', outputs: outputs[name] ?? {} } : null,
    secret: () => `secret-${++secrets}`,
    upload: async (bucket, config) => void did.push(`upload to ${bucket} ${JSON.stringify(config)}`),
    async makeSite(table, { site }, owner) {
      did.push(`make ${site} in ${table}${owner ? ` for ${owner.subject} of ${owner.issuer}` : ''}`);
      if (sites.has(site)) return null;
      sites.add(site);
      return { writeKey: 'write', apiKey: 'api' };
    },
    async inviteOwner({ userPoolId, email, group }) {
      did.push(`invite ${email} to ${userPoolId} as one of ${group}`);
      return 'subject';
    },
    anySite: async () => [...sites][0] ?? null,
    say: () => undefined,
  };
  return { ports, did };
}
const options = (first: typeof shop | null = shop) => ({
  first,
  owner: null,
  settings: [],
  parameters: [] as string[],
  isSure: true,
});
const config = (site: string, oidc: object | null = null) =>
  JSON.stringify({ apiUrl: 'https://d1.cloudfront.net', socketUrl: 'wss://socket', site, oidc });

describe('a deployment to AWS', () => {
  it('goes from nothing to a site, in this order', async () => {
    const { ports, did } = accountWith([]);
    const deployed = await deployToAws(options(), ports);
    expect(did).toEqual([
      'build',
      'synth',
      'bootstrap aws://123456789012/eu-west-1',
      'deploy SitePulse SitePulseSql --exclusively --require-approval never --parameters SitePulse:EdgeSecret=secret-1',
      'deploy SitePulseEdge --exclusively --require-approval never --parameters SitePulseEdge:EdgeSecret=secret-1',
      `upload to site-bucket ${config('shop')}`,
      'make shop in sites-table',
    ]);
    expect(deployed).toMatchObject({ url: 'https://d1.cloudfront.net', made: { site: 'shop', apiKey: 'api' } });
  });

  it('upgrades in place: no bootstrap, the secret stays, no site is made', async () => {
    const { ports, did } = accountWith(['CDKToolkit', 'SitePulse', 'SitePulseEdge']);
    const { made } = await deployToAws(options(null), ports);
    expect(did.filter((line) => /^(bootstrap|make)|EdgeSecret/.test(line))).toEqual([]);
    expect(did.at(-1)).toBe(`upload to site-bucket ${config('older')}`);
    expect(made).toBeNull();
  });

  it('gives both a new secret where the edge is not there yet, so that they never differ', async () => {
    const { ports, did } = accountWith(['CDKToolkit', 'SitePulse']);
    await deployToAws(options(null), ports);
    expect(did.filter((line) => line.includes('EdgeSecret=secret-1'))).toHaveLength(2);
  });

  it('passes parameters on to the pipeline, and a secret of one’s own to both', async () => {
    const { ports, did } = accountWith([]);
    const parameters = ['AlertSender=a@shop.example', 'EdgeSecret=own'];
    await deployToAws({ ...options(), parameters }, ports);
    expect(did.filter((line) => line.startsWith('deploy')).map((line) => line.split('never ')[1])).toEqual([
      '--parameters SitePulse:AlertSender=a@shop.example --parameters SitePulse:EdgeSecret=own',
      '--parameters SitePulseEdge:EdgeSecret=own',
    ]);
  });

  it('goes on after a failure, by the same command', async () => {
    const broken = accountWith([], { failing: 'SitePulseEdge' });
    await expect(deployToAws(options(), broken.ports)).rejects.toThrow('SitePulseEdge failed');
    expect(broken.did.some((line) => line.startsWith('make'))).toBe(false);
    const { ports, did } = accountWith(['CDKToolkit', 'SitePulse']);
    expect((await deployToAws(options(), ports)).made).toMatchObject({ site: 'shop' });
    expect(did.at(-1)).toBe('make shop in sites-table');
  });

  it('tells a user pool of its own where people come back to, once that has a name', async () => {
    const { ports, did } = accountWith([], { hasUserPool: true });
    await deployToAws(options(), ports);
    expect(did).toContain('synth dashboardUrls=https://d1.cloudfront.net/');
    const oidc = {
      issuer: 'https://issuer',
      clientId: 'client',
      scopes: ['openid', 'email', 'profile'],
      signOutUrl: 'https://out',
    };
    expect(did).toContain(`upload to site-bucket ${config('shop', oidc)}`);
  });

  it('tells it so from the start where the edge is there, so that nobody is kept from signing in meanwhile', async () => {
    const { ports, did } = accountWith(['CDKToolkit', 'SitePulse', 'SitePulseEdge'], { hasUserPool: true });
    await deployToAws(options(null), ports);
    expect(did.filter((line) => line.startsWith('synth'))).toEqual(['synth dashboardUrls=https://d1.cloudfront.net/']);
    expect(did.filter((line) => line.startsWith('deploy SitePulse '))).toHaveLength(1);
  });

  it('leaves alone where people come back to when somebody chose that', async () => {
    const chosen = { dashboardUrls: 'https://pulse.shop.example/' };
    const { ports, did } = accountWith([], { hasUserPool: true, chosen });
    await deployToAws(options(), ports);
    expect(did.filter((line) => line.startsWith('synth'))).toEqual(['synth']);
  });

  it('tells the dashboard of an issuer of one’s own', async () => {
    const chosen = { oidcIssuer: 'https://own.example', oidcClientIds: 'dashboard,tool' };
    const { ports, did } = accountWith([], { chosen });
    await deployToAws(options(), ports);
    const oidc = { issuer: 'https://own.example', clientId: 'dashboard', scopes: ['openid', 'email', 'profile'] };
    expect(did).toContain(`upload to site-bucket ${config('shop', oidc)}`);
  });

  it.each([
    [7, 6],
    [1, 2],
  ])('refuses to go from 3 shards to %i at once, before it does anything', async (shards, nearest) => {
    const standing = ['CDKToolkit', 'SitePulse', 'SitePulseEdge'];
    const { ports, did } = accountWith(standing, { chosen: { shards } });
    await expect(deployToAws(options(null), ports)).rejects.toThrow(
      `The stream has 3 shards and "shards" is ${shards}: AWS at most doubles or halves them at once. Deploy with ${nearest} first.`,
    );
    expect(did).toEqual([]);
    const onDemand = accountWith(standing, { chosen: { shards, onDemandStream: true } });
    await deployToAws(options(null), onDemand.ports);
    expect(onDemand.did).toContain('deploy SitePulseEdge --exclusively --require-approval never');
  });

  it('reserves of the account for the processor, by both of its templates', async () => {
    const { ports, did } = accountWith([], { hasUserPool: true, unreserved: 1000 });
    await deployToAws({ ...options(), settings: ['tracing=true'] }, ports);
    expect(did.filter((line) => line.startsWith('synth'))).toEqual([
      'synth tracing=true processConcurrencyReserved=6',
      'synth tracing=true processConcurrencyReserved=6 dashboardUrls=https://d1.cloudfront.net/',
    ]);
  });

  it('makes the first owner a user, and the site theirs', async () => {
    const { ports, did } = accountWith([], { hasUserPool: true });
    await deployToAws({ ...options(), owner: 'ann@shop.example' }, ports);
    expect(did.slice(-2)).toEqual([
      'invite ann@shop.example to pool as one of owners',
      'make shop in sites-table for subject of https://issuer',
    ]);
    const elsewhere = accountWith([]);
    await expect(deployToAws({ ...options(), owner: 'ann@shop.example' }, elsewhere.ports)).rejects.toThrow(
      '--owner is "ann@shop.example", and people sign in at an issuer of your own',
    );
  });

  it('asks for the first site before it does anything', async () => {
    const { ports, did } = accountWith([]);
    await expect(deployToAws(options(null), ports)).rejects.toThrow(
      'Nothing is deployed here yet, and the first deployment makes the first site: say whose pages it is for, such as: npm run deploy -- --origin https://shop.example',
    );
    expect(did).toEqual([]);
  });

  it('lets the CDK ask about rights, unless it was told not to', async () => {
    const { ports, did } = accountWith([]);
    await deployToAws({ ...options(), isSure: false }, ports);
    expect(did.filter((line) => line.includes('require-approval'))).toEqual([]);
  });
});
