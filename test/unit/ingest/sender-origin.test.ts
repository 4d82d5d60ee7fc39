import { describe, expect, it } from 'vitest';
import { senderOrigin } from '../../../functions/ingest/sender-origin.ts';

describe('the origin that a batch is judged by', () => {
  it('is the header, whatever the batch claims', () => {
    expect(senderOrigin('https://evil.example', 'https://shop.example')).toBe('https://evil.example');
  });

  it('is the batch\u2019s own word where there is no header, or the browser must not tell', () => {
    expect(senderOrigin(undefined, 'https://shop.example')).toBe('https://shop.example');
    expect(senderOrigin('null', 'https://shop.example')).toBe('https://shop.example');
  });
});
