import { describe, expect, it } from 'vitest';
import { formatRoute, parseRoute } from '../../../web/route.ts';
import { failureText, outlineText, placeText } from '../../../web/view/failure-text.ts';

describe('a failure in words', () => {
  it('says what the reason means, and shows one that is new as it is', () => {
    expect(failureText('unknown-config')).toBe('a configuration that does not exist');
    expect(failureText('brand-new')).toBe('brand-new');
  });

  it('outlines the events of a record, and has a dash for what could not be read', () => {
    expect(
      outlineText([
        { kind: 'view', count: 2 },
        { kind: 'click', count: 1 },
      ]),
    ).toBe('2 view, 1 click');
    expect(outlineText([])).toBe('–');
  });

  it('shortens a place to what tells it from others', () => {
    expect(placeText('shardId-000000000012', '49590338271490256608559692538361571095921575989136588898')).toBe(
      '12 … 36588898',
    );
  });
});

describe('the health page', () => {
  it('has an address of its own', () => {
    expect(formatRoute({ page: 'health' })).toBe('#/health');
    expect(parseRoute('#/health')).toEqual({ page: 'health' });
  });
});
