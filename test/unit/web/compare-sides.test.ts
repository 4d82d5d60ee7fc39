import { describe, expect, it } from 'vitest';
import { comparisons, sidesOf, splittingMarkers } from '../../../web/view/compare-sides.ts';

const zone = 'Europe/Berlin';
const now = Date.parse('2026-11-23T13:20:12Z');
const at = (text: string) => Date.parse(text);
const span = { from: at('2026-11-16T23:00Z'), to: now };
const week = { span, device: 'desktop', zone, now } as const;
const marker = (day: string, text = 'Release') => ({
  at: at(`${day}T10:00Z`),
  text,
  splits: { hour: at(`${day}T10:00Z`), day: at(`${day}T23:00Z`) },
});
const markers = [marker('2026-11-16', 'Edge'), marker('2026-11-19'), marker('2026-11-23', 'Today')];

describe('the sides of a comparison', () => {
  it('are as many whole local days before, and the range', () => {
    const [before, inRange] = sidesOf('previous', week, [], null) ?? [];
    expect(before).toMatchObject({ device: 'desktop', span: { from: at('2026-11-09T23:00Z'), to: span.from } });
    expect(inRange?.span).toEqual(span);
  });

  it('begin at midnight where the clocks changed in between', () => {
    const wish = { ...week, span: { from: at('2026-10-25T23:00Z'), to: at('2026-10-27T23:00Z') } };
    expect(sidesOf('previous', wish, [], null)?.[0].span).toEqual({
      from: at('2026-10-23T22:00Z'),
      to: at('2026-10-25T23:00Z'),
    });
  });

  it('are the same days on another device', () => {
    const sides = sidesOf('device mobile', week, [], null);
    expect(sides?.map(({ name, device }) => [name, device])).toEqual([
      ['on desktop', 'desktop'],
      ['on mobile', 'mobile'],
    ]);
    expect(sides?.map((side) => side.span)).toEqual([span, span]);
  });

  it('are the range before and after a marker, cut where its next day begins', () => {
    const sides = sidesOf(`marker ${at('2026-11-19T10:00Z')}`, week, markers, null);
    expect(sides?.map(({ name }) => name)).toEqual(['before Release', 'after Release']);
    expect(sides?.map((side) => side.span)).toEqual([
      { from: span.from, to: at('2026-11-19T23:00Z') },
      { from: at('2026-11-19T23:00Z'), to: now },
    ]);
  });

  it('are not of a marker that leaves nothing on one side', () => {
    expect(splittingMarkers(markers, span).map(({ text }) => text)).toEqual(['Release']);
    expect(sidesOf(`marker ${at('2026-11-23T10:00Z')}`, week, markers, null)).toBeNull();
    expect(comparisons(markers, week).map(({ value }) => value)).toEqual([
      'previous',
      'days',
      'device tablet',
      'device mobile',
      `marker ${at('2026-11-19T10:00Z')}`,
    ]);
  });

  it('wait for the days of the reader’s choice', () => {
    expect(sidesOf('days', week, [], null)).toBeNull();
    expect(sidesOf('days', week, [], '2026-11-01..2026-11-02')?.[0].span).toEqual({
      from: at('2026-10-31T23:00Z'),
      to: at('2026-11-02T23:00Z'),
    });
  });
});
