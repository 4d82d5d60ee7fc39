import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agentFacts } from '../../../functions/ingest/user-agent.ts';

const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';

describe('a user agent', () => {
  it.each([
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/131.0.0.0 Safari/537.36`, 'Chrome', 'Windows'],
    [`Mozilla/5.0 (Windows NT 10.0) ${webkit} Chrome/131.0 Safari/537.36 Edg/131.0`, 'Microsoft Edge', 'Windows'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0', 'Firefox', 'Linux'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1',
      'Safari',
      'iOS',
    ],
    [`Mozilla/5.0 (Linux; Android 14; Pixel 8) ${webkit} Chrome/131.0 Mobile Safari/537.36`, 'Chrome', 'Android'],
    ['Oddity/1.2 (made up)', 'Other', 'Other'],
  ])('%s', (agent, browser, os) => {
    expect(agentFacts(agent)).toEqual({ bot: null, browser, os });
  });

  it.each([
    ['', 'none at all'],
    ['   ', 'blanks'],
    ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 'a crawler'],
    ['curl/8.5.0', 'a script'],
    [`Mozilla/5.0 (X11; Linux x86_64) ${webkit} HeadlessChrome/131.0.0.0 Safari/537.36`, 'a headless browser'],
  ])('%j is a bot: %s', (agent) => {
    expect(agentFacts(agent).bot).toBe(agent.trim() === '' ? 'no-agent' : 'bot');
  });

  it('names no more browsers than the lists have, whatever agents are made up', () => {
    const names = new Set<string>();
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z]{3,12}\/[0-9.]{1,5} [A-Za-z ();]{0,30}$/), (agent) => {
        names.add(agentFacts(agent).browser);
      }),
      { numRuns: 1_500 },
    );
    expect(names.size).toBeLessThan(20);
  });
});
