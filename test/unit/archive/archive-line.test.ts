import { describe, expect, it } from 'vitest';
import {
  type ArchivedRecord,
  formatArchiveLine,
  parseArchiveLine,
  recordIn,
} from '../../../functions/archive/archive-line.ts';
import { encodeRecord } from '../../../functions/stream/record.ts';
import { recordOf, view } from '../aggregate/given.ts';

const record = recordOf({ receivedAt: 1_795_435_200_000, events: [view()], origin: 'http://x","record":' });
const archived: ArchivedRecord = {
  generation: 0,
  shardId: 'shardId-000000000003',
  sequenceNumber: '49590338271490256608559692538361571095921575989136588898',
  arrivedAt: 1_795_435_200_123,
  data: encodeRecord(record),
};

describe('a line of the archive', () => {
  it('gives back the record, byte for byte, and where it stood', () => {
    const back = parseArchiveLine(formatArchiveLine(archived));
    expect({ ...back, data: Buffer.from(back.data).toString() }).toEqual({
      ...archived,
      data: Buffer.from(archived.data).toString(),
    });
    expect(recordIn(back)).toEqual(record);
  });

  it('is plain JSON with the record inside it', () => {
    const json = JSON.parse(formatArchiveLine(archived));
    expect(json).toMatchObject({ v: 1, generation: 0, shard: archived.shardId, position: archived.sequenceNumber });
    expect(json.record).toEqual(JSON.parse(Buffer.from(archived.data).toString()));
  });

  it('stays one line, however the record was laid out', () => {
    const data = Buffer.from(JSON.stringify(JSON.parse(Buffer.from(archived.data).toString()), null, 2));
    const line = formatArchiveLine({ ...archived, data });
    expect(line).not.toMatch(/[\r\n]/);
    expect(recordIn(parseArchiveLine(line))).toEqual(record);
  });

  it('of a version that is not known is refused, and so is one without a position', () => {
    expect(() => parseArchiveLine('{"v":2,"shard":"s","record":{}}')).toThrow('format version 2');
    expect(() => parseArchiveLine('{"v":1,"shard":"s","record":{}}')).toThrow('no position');
    expect(() => parseArchiveLine('{"v":1}')).toThrow('holds no record');
  });

  it('gives no record for a tick or for what cannot be decoded', () => {
    expect(recordIn({ data: encodeRecord({ v: 1, tick: 'demo', receivedAt: 5 }) })).toBeNull();
    expect(recordIn({ data: Buffer.from('{"v":1}') })).toBeNull();
  });
});
