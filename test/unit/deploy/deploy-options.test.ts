import { describe, expect, it } from 'vitest';
import { deployOptions } from '../../../deploy/deploy-options.ts';

const read = (...args: string[]) => deployOptions(args, 'Europe/Zurich');

describe('the options of npm run deploy', () => {
  it('make the first site of an origin', () => {
    expect(read('--origin', 'https://shop.example').first).toEqual({
      site: 'shop-example',
      name: 'shop-example',
      zone: 'Europe/Zurich',
      origins: ['https://shop.example'],
    });
    expect(read('--origin', 'https://*.shop.example').first?.site).toBe('any-shop-example');
  });

  it('may say more of it, and set what cdk.json sets', () => {
    const given = read(
      '--origin=https://shop.example,http://localhost:*',
      '--site=shop',
      '--name=The shop',
      '--zone=UTC',
      '--owner=ann@shop.example',
      '-c',
      'shards=2',
      '--parameter=AlertSender=pulse@shop.example',
      '--yes',
    );
    expect(given).toEqual({
      first: { site: 'shop', name: 'The shop', zone: 'UTC', origins: ['https://shop.example', 'http://localhost:*'] },
      owner: 'ann@shop.example',
      settings: ['shards=2'],
      parameters: ['AlertSender=pulse@shop.example'],
      isSure: true,
    });
  });

  it('may be none', () => {
    expect(read()).toEqual({ first: null, owner: null, settings: [], parameters: [], isSure: false });
  });

  it.each([
    ['shop.example', 'a host without its scheme'],
    ['https://shop.example/', 'a slash at the end'],
    ['https://shop.example/checkout', 'a path'],
    ['ftp://shop.example', 'another scheme'],
    ['*', 'everybody'],
    ['', 'nothing'],
  ])('refuse the origin "%s": %s', (origin) => {
    expect(() => read(`--origin=${origin}`)).toThrow(
      `--origin is "${origin}": write scheme and host as a browser does, without a path or a slash at the end, such as https://shop.example`,
    );
  });

  it.each([
    [['--origin=https://a.example', '--site=a b'], '--site is "a b": write 1 to 64 letters, digits, _ or -'],
    [['--origin=https://a.example', '--zone=Mars/Base'], '--zone is "Mars/Base": write a time zone'],
    [['--origin=https://a.example', '--owner=ann'], '--owner is "ann": write an e-mail address'],
    [['--site=shop'], '--site is of the first site, which needs an --origin, too.'],
    [['--orgin=https://a.example'], "Unknown option '--orgin'"],
  ])('refuse %j by name', (args, message) => {
    expect(() => read(...args)).toThrow(message);
  });
});
