import { describe, expect, it } from 'vitest';
import { elementScope, pageScope, valueScope } from '../../../functions/contract/admission.ts';
import {
  elementPartition,
  goalKey,
  hourKey,
  liveKey,
  pageKey,
  sessionKey,
  tileSort,
  transitionKey,
  valueKey,
} from '../../../functions/contract/counter.ts';
import { nameId } from '../../../functions/contract/name-id.ts';
import { dayMs, dayStart, hourMs, localDay } from '../../../functions/contract/time-unit.ts';
import { deleteDays, type OldDayPorts, oldDays } from '../../../functions/forget/old-days.ts';
import { nextDay } from '../../../functions/sites/next-day.ts';
import { memoryPartitions } from '../../../functions/store/partitions.memory.ts';
import type { Partitions } from '../../../functions/store/partitions.ts';

const now = Date.parse('2026-11-23T12:30:00Z');

/** Of each day of a site: an hour, a page, a value, a goal, a step, two sessions, elements of a page that was viewed and of one that was only admitted. */
function itemsOf(epoch: string, site: string, day: string) {
  const elements = ['/', '/late'].map((path) => elementPartition(epoch, site, day, nameId(path), 'mobile'));
  const counters = [
    hourKey(epoch, site, day, Date.parse(day)),
    pageKey(epoch, site, day, nameId('/')),
    valueKey(epoch, site, day, 'referrer', 'r'),
    goalKey(epoch, site, day, 'g'),
    transitionKey(epoch, site, day, 'p', 'q'),
    ...['0a', '0f'].map((visitor) => sessionKey(epoch, site, { day, firstStart: Date.parse(day), visitor })),
    liveKey(epoch, site, Date.parse(day) / 60_000, 'p'),
    ...elements.flatMap((pk) => [0, 1].map((tile) => ({ pk, sk: tileSort('day', tile) }))),
  ];
  const scopes = [
    pageScope(epoch, site, day).pk,
    valueScope(epoch, site, day, 'event').pk,
    valueScope(epoch, site, day, 'country').pk,
    ...elements.map((pk) => elementScope(pk).pk),
  ];
  return { counters, admissions: scopes.map((pk) => ({ pk, sk: '0000' })) };
}

function worldOf(days: readonly string[]) {
  const of = (epoch: string, site: string) => days.map((day) => itemsOf(epoch, site, day));
  const all = [...of('1', 'demo'), ...of('2', 'demo'), ...of('2', 'demo2')];
  const counterItems = memoryPartitions(all.flatMap(({ counters }) => counters));
  const admissionItems = memoryPartitions(all.flatMap(({ admissions }) => admissions));
  const ports: OldDayPorts = {
    counterItems,
    admissionItems,
    admissions: {
      all: async (pk) =>
        admissionItems.partitions.has(pk) ? ['/', '/late'].map((name, slot) => ({ slot, name })) : [],
    },
    hasTime: () => true,
  };
  const left = () => [...counterItems.partitions.keys(), ...admissionItems.partitions.keys()].sort();
  return { ports, left };
}

const hours = Array.from({ length: 24 }, (_, hour) => now + hour * hourMs);

describe('the days that a site no longer keeps', () => {
  it.each(['UTC', 'Pacific/Kiritimati', 'America/New_York'])(
    'have their turn within 24 hours, each once (%s)',
    (zone) => {
      const days = hours.flatMap((at) => oldDays(30, zone, at)).sort();
      expect(new Set(days).size).toBe(days.length);
      // Without a gap, from one that DynamoDB is about to delete to one that ended 32 days ago.
      expect((Date.parse(days.at(-1) ?? '') - Date.parse(days[0] ?? '')) / dayMs).toBe(days.length - 1);
      expect(days[0]).toBeOneOf([localDay(now - 400 * dayMs, zone), localDay(now - 399 * dayMs, zone)]);
      expect(days.at(-1)).toBeOneOf([localDay(now - 33 * dayMs, zone), localDay(now - 32 * dayMs, zone)]);
    },
  );

  it.each([1, 30, 90])('ended two days more than %i days ago', (retentionDays) => {
    for (const zone of ['UTC', 'Pacific/Kiritimati', 'America/New_York']) {
      for (const at of hours) {
        for (const day of oldDays(retentionDays, zone, at)) {
          const end = dayStart(nextDay(day), zone);
          // An hour for a change of the clocks in between.
          expect(end + (retentionDays + 2) * dayMs).toBeLessThanOrEqual(at + hourMs);
        }
      }
    }
  });

  it('are none where DynamoDB deletes them by itself', () => {
    for (const at of hours) expect([...oldDays(400, 'UTC', at), ...oldDays(398, 'UTC', at)]).toEqual([]);
  });
});

describe('a day that is not kept', () => {
  const days = ['2026-10-01', '2026-10-02'];
  const isOfDay = (pk: string) => /^[12]\|demo\|.*2026-10-01/.test(pk);
  const others = worldOf(days)
    .left()
    .filter((pk) => !isOfDay(pk));
  const run = (ports: OldDayPorts) => deleteDays('demo', ['2026-10-01'], ['1', '2'], ports);

  it('goes in every epoch, with the elements of pages that were only admitted, and no other day or site', async () => {
    const { ports, left } = worldOf(days);
    expect(await run(ports)).toBe(2 * (5 + 2 + 4 + 5));
    expect(left()).toEqual(others);
    expect(others.filter((pk) => pk.includes('demo|live'))).toHaveLength(4);
    expect(await run(ports)).toBe(0);
  });

  it.each(['before', 'after'])('goes with the next run wherever one has failed, %s a deletion', async (when) => {
    let fails = true;
    for (let at = 1; fails; at++) {
      const { ports, left } = worldOf(days);
      let step = 0;
      const failing = ({ sorts, delete: remove }: Partitions): Partitions => ({
        sorts,
        async delete(pk, of) {
          step += 1;
          if (step === at && when === 'before') throw new Error('throttled');
          await remove(pk, of);
          if (step === at) throw new Error('lost');
        },
      });
      const { counterItems, admissionItems } = ports;
      fails = await run({
        ...ports,
        counterItems: failing(counterItems),
        admissionItems: failing(admissionItems),
      }).then(
        () => false,
        () => true,
      );
      await run(ports);
      expect(left()).toEqual(others);
      expect(fails || at > 50).toBe(true);
    }
  });

  it('is left where it is when there is no time, and gone on with later', async () => {
    const { ports, left } = worldOf(days);
    expect(await run({ ...ports, hasTime: () => false })).toBe(0);
    let steps = 10;
    const deleted = await run({ ...ports, hasTime: () => steps-- > 0 });
    expect(left().some(isOfDay)).toBe(true);
    expect(deleted + (await run(ports))).toBe(2 * (5 + 2 + 4 + 5));
    expect(left()).toEqual(others);
  });
});
