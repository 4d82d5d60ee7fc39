import { describe, expect, it } from 'vitest';
import { viewerOf } from '../../../functions/ingest/edge.ts';

const connection = { address: '198.51.100.7', userAgent: 'Amazon CloudFront' };
const headers = (changes: Record<string, string> = {}) => ({
  'x-sitepulse-edge': 'the-secret',
  'x-sitepulse-viewer': '203.0.113.9',
  'x-sitepulse-agent': 'Mozilla/5.0',
  'cloudfront-viewer-country': 'CH',
  ...changes,
});

describe('the viewer', () => {
  it('is whom the edge names, when it knows the secret', () => {
    expect(viewerOf(headers(), connection, 'the-secret')).toEqual({
      address: '203.0.113.9',
      userAgent: 'Mozilla/5.0',
      country: 'CH',
    });
  });

  it('tells two viewers of one edge apart', () => {
    const other = viewerOf(headers({ 'x-sitepulse-viewer': '203.0.113.10' }), connection, 'the-secret');
    expect(other.address).toBe('203.0.113.10');
  });

  it.each([
    ['with the wrong secret', headers({ 'x-sitepulse-edge': 'the-secreu' }), 'the-secret'],
    ['without a secret', headers({ 'x-sitepulse-edge': '' }), 'the-secret'],
    ['where no secret is configured', headers({ 'x-sitepulse-edge': '' }), ''],
    ['where no secret is configured, whatever is sent', headers(), ''],
    ['without any of the headers', {}, 'the-secret'],
  ])('is who made the connection, from nowhere: %s', (_when, sent, secret) => {
    expect(viewerOf(sent, connection, secret)).toEqual({ ...connection, country: '' });
  });

  it.each(['XX', 'T1', 'Switzerland', ''])('has no country where the edge says %j', (country) => {
    expect(viewerOf(headers({ 'cloudfront-viewer-country': country }), connection, 'the-secret').country).toBe('');
  });
});
