import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultPathRules, type PathRules } from '../../../functions/contract/site.ts';
import { barePath, countedPath } from '../../../functions/ingest/path-rules.ts';

const rules = (changes: Partial<PathRules>): PathRules => ({
  patterns: [],
  dropTrailingSlash: false,
  dropIndex: false,
  lowerCase: false,
  ...changes,
});

describe('the bare path', () => {
  it.each([
    ['/about', '/about'],
    ['/about?mail=me@a.example', '/about'],
    ['/app#/orders?id=7', '/app#/orders'],
    ['/app?x=1#/orders?id=7', '/app#/orders'],
    ['checkout/step-2', '/checkout/step-2'],
    ['', '/'],
  ])('of %s is %s', (path, bare) => {
    expect(barePath(path)).toBe(bare);
  });
});

describe('the counted path', () => {
  it.each<[string, PathRules, string]>([
    ['/about/', rules({ dropTrailingSlash: true }), '/about'],
    ['/about///', rules({ dropTrailingSlash: true }), '/about'],
    ['/', rules({ dropTrailingSlash: true }), '/'],
    ['/about/', rules({}), '/about/'],
    ['/docs/index.html', rules({ dropIndex: true }), '/docs/'],
    ['/docs/index.html', defaultPathRules, '/docs'],
    ['/index.htm', defaultPathRules, '/'],
    ['/reindex.html', defaultPathRules, '/reindex.html'],
    ['/Docs/A', rules({ lowerCase: true }), '/docs/a'],
    ['/Docs/A', rules({}), '/Docs/A'],
    ['/app/#/Orders/', defaultPathRules, '/app#/Orders/'],
    ['/product/7', rules({ patterns: ['/product/:id'] }), '/product/:id'],
    ['/product/', rules({ patterns: ['/product/:id'] }), '/product/'],
    ['/product/7/reviews', rules({ patterns: ['/product/:id'] }), '/product/7/reviews'],
    ['/product/new', rules({ patterns: ['/product/new', '/product/:id'] }), '/product/new'],
    ['/product/7/', { ...defaultPathRules, patterns: ['/product/:id'] }, '/product/:id'],
    ['/#/product/7', rules({ patterns: ['/#/product/:id'] }), '/#/product/:id'],
    ['/de/product/7', rules({ patterns: ['/:language/product/:id'] }), '/:language/product/:id'],
  ])('of %s by %j is %s', (path, by, counted) => {
    expect(countedPath(path, by)).toBe(counted);
  });

  it('is at most 512 characters long and begins with a slash, whatever the path', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 700 }), fc.boolean(), (path, lowerCase) => {
        const counted = countedPath(barePath(path), { ...defaultPathRules, lowerCase });
        expect(counted.length).toBeLessThanOrEqual(512);
        expect(counted.startsWith('/')).toBe(true);
      }),
    );
  });
});
