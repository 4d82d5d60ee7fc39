import { describe, expect, it } from 'vitest';
import { kind } from '../../../functions/contract/event.ts';
import { GivenSite, heartbeat, hide, leave, pageOf, recordOf, show, view } from './given.ts';

const noon = Date.parse('2026-11-23T12:00:00Z');
const second = 1000;
const other = { load: '00000000000000a2' };

describe('presence', () => {
  it('counts a session from its first view, and no longer than the ten windows without a sign of life', () => {
    const given = new GivenSite();
    given.receive(recordOf({ receivedAt: noon, events: [view()] }));
    expect(given.activeAt(noon)).toBe(1);
    expect(given.activeAt(noon + 49 * second)).toBe(1);
    expect(given.activeAt(noon + 50 * second)).toBe(0);
  });

  it('keeps a session while heartbeats come', () => {
    const given = new GivenSite();
    given.receive(recordOf({ receivedAt: noon, events: [view()] }));
    for (const n of [1, 2, 3, 4]) {
      given.receive(recordOf({ receivedAt: noon + n * 30 * second, n, events: [heartbeat()] }));
      expect(given.activeAt(noon + n * 30 * second)).toBe(1);
      expect(given.pagesAt(noon + n * 30 * second, ['/'])).toEqual({ '/': 1 });
    }
    expect(given.activeAt(noon + 170 * second)).toBe(0);
  });

  it.each([
    ['hides', hide()],
    ['leaves', leave()],
  ])('goes down at once when the page %s', (_, event) => {
    const given = new GivenSite();
    given.receive(recordOf({ receivedAt: noon, events: [view()] }));
    given.receive(recordOf({ receivedAt: noon + second, n: 1, events: [event] }));
    expect(given.activeAt(noon + second)).toBe(0);
    expect(given.pagesAt(noon + second, ['/'])).toEqual({});
  });

  it('comes back when the page is shown again', () => {
    const given = new GivenSite();
    given.receive(recordOf({ receivedAt: noon, events: [view()] }));
    given.receive(recordOf({ receivedAt: noon + second, n: 1, events: [hide()] }));
    given.receive(recordOf({ receivedAt: noon + 9 * second, n: 2, events: [show()] }));
    expect(given.activeAt(noon + 9 * second)).toBe(1);
  });

  it('is not woken by what a page sends as it hides', () => {
    const given = new GivenSite();
    given.receive(recordOf({ receivedAt: noon, events: [view()] }));
    const late = [hide(3), [kind.bands, 2, 0, [0, 900]], [kind.engaged, 1, 0, 900]] as const;
    given.receive(recordOf({ receivedAt: noon + second, n: 1, events: [...late] as never }));
    expect(given.activeAt(noon + second)).toBe(0);
  });

  it('stays hidden when a batch from before the hiding arrives after it', () => {
    const given = new GivenSite();
    given.receive(recordOf({ receivedAt: noon, events: [view()] }));
    given.receive(recordOf({ receivedAt: noon + second, n: 2, events: [hide()] }));
    // Delayed on its way, so its time looks later than the hiding's.
    given.receive(recordOf({ receivedAt: noon + 3 * second, n: 1, events: [heartbeat()] }));
    expect(given.activeAt(noon + 3 * second)).toBe(0);
  });

  it('counts two tabs as one session, which moves to the other tab when one leaves', () => {
    const given = new GivenSite();
    given.receive(recordOf({ receivedAt: noon, events: [view()], pages: [pageOf('/a')] }));
    given.receive(recordOf({ ...other, receivedAt: noon + 6 * second, events: [view()], pages: [pageOf('/b')] }));
    const both = noon + 6 * second;
    expect(given.activeAt(both)).toBe(1);
    expect(given.pagesAt(both, ['/a', '/b'])).toEqual({ '/a': 1, '/b': 1 });

    given.receive(recordOf({ ...other, receivedAt: both + second, n: 1, events: [leave()], pages: [pageOf('/b')] }));
    expect(given.activeAt(both + second)).toBe(1);
    expect(given.pagesAt(both + second, ['/a', '/b'])).toEqual({ '/a': 1 });

    given.receive(recordOf({ receivedAt: both + 2 * second, n: 1, events: [hide()], pages: [pageOf('/a')] }));
    expect(given.activeAt(both + 2 * second)).toBe(0);
  });

  it('does not move to a tab whose last sign is out of the windows', () => {
    const given = new GivenSite();
    given.receive(recordOf({ receivedAt: noon, events: [view()] }));
    const later = noon + 60 * second;
    given.receive(recordOf({ ...other, receivedAt: later, events: [view()] }));
    given.receive(recordOf({ ...other, receivedAt: later + second, n: 1, events: [leave()] }));
    expect(given.activeAt(later + second)).toBe(0);
  });

  it('follows a navigation within the load to its new page', () => {
    const given = new GivenSite();
    given.receive(recordOf({ receivedAt: noon, events: [view()], pages: [pageOf('/a')] }));
    const pages = [pageOf('/a'), pageOf('/b')];
    given.receive(recordOf({ receivedAt: noon + second, n: 1, events: [view(0, 1)], pages }));
    expect(given.pagesAt(noon + second, ['/a', '/b'])).toEqual({ '/b': 1 });
    expect(given.activeAt(noon + second)).toBe(1);
  });

  it('does not place a batch that comes later than the windows reach back', () => {
    const given = new GivenSite();
    given.receive(recordOf({ receivedAt: noon, events: [view(120 * second)] }));
    expect(given.activeAt(noon)).toBe(0);
    expect(given.activeAt(noon - 120 * second)).toBe(0);
  });

  it('never takes back more than was put into a window', () => {
    const given = new GivenSite();
    for (let n = 0; n < 60; n++) {
      const events = [n % 3 === 0 ? view() : n % 3 === 1 ? heartbeat() : hide()];
      given.receive(recordOf({ receivedAt: noon + n * 7 * second, n, events, pages: [pageOf(`/${n % 4}`)] }));
    }
    for (const counters of given.items.values()) {
      for (const [name, value] of Object.entries(counters)) {
        const arrived = name.replace(/L([0-9ab])$/, 'A$1');
        if (arrived !== name) expect(value).toBeLessThanOrEqual(counters[arrived] ?? 0);
      }
    }
  });
});
