import { describe, expect, it } from 'vitest';
import { exportName } from '../../../functions/contract/export-file.ts';

describe('the name of a file', () => {
  it('holds nothing that a system would refuse', () => {
    expect(exportName(['heatmap', '/shop/boots?x=1', 'mobile'], 'png')).toBe('heatmap-shop-boots-x-1-mobile.png');
    expect(exportName(['elements', '/', 'desktop'], 'csv')).toBe('elements-desktop.csv');
    expect(exportName(['../..', '\u0000'], 'csv')).toBe('heatmap.csv');
    expect(exportName(['/'.concat('ü'.repeat(500))], 'png').length).toBe(124);
    expect(exportName([`a${'𝒜'.repeat(500)}`], 'png')).toBe(`a${'𝒜'.repeat(59)}.png`);
    expect(exportName(['a\ud835'], 'png')).toBe('a.png');
  });
});
