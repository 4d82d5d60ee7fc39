import { describe, expect, it } from 'vitest';
import { archiveDates, archiveKey, archivePlace, parseArchiveKey } from '../../../functions/archive/archive-object.ts';

const object = {
  ...archivePlace('demo', Date.parse('2026-11-23T09:59:59.999Z')),
  shardId: 'shardId-000000000012',
  first: '4959',
  last: '4961',
};

describe('a key of the archive', () => {
  it('names site, UTC date and hour, shard, first and last position', () => {
    expect(archiveKey(object)).toBe(
      'events/site=demo/date=2026-11-23/hour=09/shardId-000000000012-4959-4961.ndjson.gz',
    );
  });

  it('is read back whole, and nothing else is', () => {
    expect(parseArchiveKey(archiveKey(object))).toEqual(object);
    expect(parseArchiveKey('failed/site=demo/date=2026-11-23/shardId-0-1.json')).toBeNull();
  });

  it('lies on one of the dates that a range of time is looked for on', () => {
    expect(archiveDates(Date.parse('2026-11-23T23:59:59.999Z'), Date.parse('2026-11-25T00:00:00Z'))).toEqual([
      '2026-11-23',
      '2026-11-24',
      '2026-11-25',
    ]);
  });
});
