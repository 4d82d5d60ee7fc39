import { describe, expect, it } from 'vitest';
import { visitorName } from '../../../web/view/visitor-name.ts';

describe('the name of a day’s visitor', () => {
  it('is the same for the same visitor, in words', () => {
    expect(visitorName('00000000000000aa')).toBe('Amber badger');
    expect(visitorName('ffff0000000000aa')).toBe(visitorName('ffff0000000000aa'));
    expect(visitorName('ffff0000000000aa')).toBe('White wren');
  });

  it('leads back to nobody: far fewer names than visitors, and all of them in use', () => {
    const hashes = Array.from({ length: 65_536 }, (_, at) => at.toString(16).padStart(4, '0').padEnd(16, '7'));
    const names = new Map<string, number>();
    for (const hash of hashes) names.set(visitorName(hash), (names.get(visitorName(hash)) ?? 0) + 1);
    expect(names.size).toBe(2_048);
    expect(new Set(names.values())).toEqual(new Set([32]));
  });
});
