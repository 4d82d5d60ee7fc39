import { describe, expect, it } from 'vitest';
import { elementOf } from '../../../functions/capture/read-elements.ts';

describe('an element that a page reports', () => {
  it('is taken as it is when its shape is right', () => {
    const entry = { key: '#buy', label: 'Buy', clickable: true, box: [-5, 20, 100, 40] };
    expect(elementOf({ ...entry, more: 'dropped' })).toEqual(entry);
    expect(elementOf({ ...entry, clickable: 'yes' })).toEqual({ ...entry, clickable: false });
    expect(elementOf({ ...entry, window: [0, 20, 95, 40] })).toEqual({ ...entry, window: [0, 20, 95, 40] });
  });

  it.each([
    [null],
    ['#buy'],
    [{ key: '', label: '', box: [0, 0, 1, 1] }],
    [{ key: 'x'.repeat(201), label: '', box: [0, 0, 1, 1] }],
    [{ key: '#buy', label: 'x'.repeat(61), box: [0, 0, 1, 1] }],
    [{ key: '#buy', label: '', box: [0, 0, 1] }],
    [{ key: '#buy', label: '', box: [0, 0, 1, 1], window: [0, 0, 1] }],
    [{ key: '#buy', label: '', box: [0, 0, 1, 1], window: null }],
    [{ key: '#buy', label: '', box: [0, 0, 1, Number.NaN] }],
    [{ key: '#buy', label: '', box: [0, 0, 1, '1'] }],
    [{ key: 7, label: '', box: [0, 0, 1, 1] }],
  ])('is left out when it is %j', (entry) => {
    expect(elementOf(entry)).toBeNull();
  });
});
