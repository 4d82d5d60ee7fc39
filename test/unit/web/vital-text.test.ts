import { describe, expect, it } from 'vitest';
import { embedSteps, moduleCode, platforms } from '../../../web/view/embed-code.ts';
import { formatVital, ratingOf, thresholdText } from '../../../web/view/vital-text.ts';

describe('a Web Vital', () => {
  it('is said with its unit, and as open where its bucket is', () => {
    expect(formatVital('lcp', 2_312.4)).toBe('2.31 s');
    expect(formatVital('lcp', 10_000)).toBe('10 s or more');
    expect(formatVital('inp', 119.6)).toBe('120 ms');
    expect(formatVital('inp', 2_000)).toBe('2000 ms or more');
    expect(formatVital('cls', 0)).toBe('0');
    expect(formatVital('cls', 0.0786)).toBe('0.079');
  });

  it('is rated by the thresholds of web.dev, which belong to the better side', () => {
    expect([2_500, 2_501, 4_000, 4_001].map((ms) => ratingOf('lcp', ms))).toEqual(['good', 'fair', 'fair', 'poor']);
    expect([200, 201, 500, 501].map((ms) => ratingOf('inp', ms))).toEqual(['good', 'fair', 'fair', 'poor']);
    expect([0.1, 0.101, 0.25, 0.251].map((score) => ratingOf('cls', score))).toEqual(['good', 'fair', 'fair', 'poor']);
    expect(thresholdText('lcp')).toBe('good up to 2.5 s, poor beyond 4 s');
    expect(thresholdText('cls')).toBe('good up to 0.1, poor beyond 0.25');
  });
});

describe('the code to embed', () => {
  it('asks for Web Vitals only where they are wanted', () => {
    for (const platform of platforms) {
      const code = (hasVitals: boolean) => embedSteps(platform, 'https://stats.example', 'KEY', hasVitals);
      for (const step of code(true)) expect(step.code).toContain('data-vitals');
      for (const step of code(false)) expect(step.code).not.toContain('vitals');
    }
    expect(moduleCode('https://stats.example', 'KEY', true)).toContain('vitals: true');
    expect(moduleCode('https://stats.example', 'KEY', false)).not.toContain('vitals');
  });
});
