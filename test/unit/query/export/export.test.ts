import { describe, expect, it } from 'vitest';
import type { ElementFacts } from '../../../../functions/contract/admission.ts';
import {
  cellName,
  conversionName,
  goalKey,
  sessionKey,
  transitionKey,
} from '../../../../functions/contract/counter.ts';
import { type Funnel, type Goal, goalId } from '../../../../functions/contract/goal.ts';
import { nameId } from '../../../../functions/contract/name-id.ts';
import { exportSources } from '../../../../functions/query/export/sources.ts';
import { readCsv } from '../../contract/csv-reader.ts';
import { demoApi, epoch, now, today } from '../demo-api.ts';

const site = '/v1/sites/demo';
const facts: ElementFacts = { label: '=HYPERLINK("x")', box: [10, 20, 300, 40], viewportWidth: 1280, clickable: true };

const order: Goal = { name: '-2+3', what: 'page', match: '/thanks' };
const purchase: Funnel = {
  name: 'Purchase',
  steps: [
    { what: 'page', match: '/cart' },
    { what: 'event', match: 'bought' },
  ],
};

/** A little of all that can be exported. */
async function filled() {
  const api = await demoApi();
  const { put } = api;
  await api.ask(site, { method: 'PATCH', body: { goals: [order], funnels: [purchase] } });
  await put.item(goalKey(epoch, 'demo', today, goalId(order)), {
    [conversionName(Date.parse('2026-11-23T08:00Z'))]: 2,
    s: 1,
  });
  await put.hour(today, '2026-11-23T08:00Z', { pv: 9, vi: 4, nv: 4, se: 4, 'c:DE:p': 9, 'c:DE:v': 4 });
  await put.hour(today, '2026-11-23T09:00Z', { pv: 3, vi: 2, nv: 1, 'c:FR:p': 3, 'c:FR:v': 1 });
  await put.page(
    today,
    '/',
    { pv: 8, vi: 5, rd0: 8, vd: 8, fd: 2_400, ld3: 4, id9: 1 },
    { u: 'https://shop.example/', t: '+1 "now"' },
  );
  await put.page(today, '/a,b', { pv: 4, vi: 1 }, { u: 'https://shop.example/a,b', t: 'two\nlines' });
  await put.page(today, '(other)', { pv: 2, vi: 2 });
  await put.item(transitionKey(epoch, 'demo', today, nameId('/'), nameId('/a,b')), { n: 3 });
  const session = { day: today, firstStart: Date.parse('2026-11-23T09:00Z'), visitor: 'b'.repeat(16) };
  await put.item(sessionKey(epoch, 'demo', session), { pv: 2, du: 60_000 }, { w: 'desktop\nDE\n=1+1\n\n', f: 'HE' });
  await put.value(today, 'event', '=1+1', { n: 2, vi: 1 });
  await put.element({ day: today, path: '/', device: 'desktop', key: '#buy', facts }, '2026-11-23T08:00Z', {
    cl: 3,
    ta: 1,
    [cellName('click', 8, 8)]: 3,
  });
  return api;
}
const queryOf: Record<string, string> = {
  series: 'unit=hour&from=2026-11-23T08:00Z&to=2026-11-23T10:00Z',
  pages: 'from=2026-11-23',
  breakdown: 'dimension=event&from=2026-11-23',
  elements: 'path=/&device=desktop&from=2026-11-23',
  scroll: 'path=/&device=desktop&from=2026-11-23',
  heatmap: 'path=/&device=desktop&from=2026-11-23',
  transitions: 'from=2026-11-23',
  trends: 'path=/&from=2026-11-23',
  leaving: 'from=2026-11-23',
  sessions: 'from=2026-11-23',
  goals: 'from=2026-11-23',
  funnels: 'from=2026-11-23',
  vitals: 'device=desktop&from=2026-11-23',
};

/** The route of the same figures, where it is called otherwise. */
const routeOf = (what: string) => (what === 'goals' ? 'funnels' : what);

describe.each(exportSources.map((source) => [source.what, source] as const))('/export of %s', (what, { columns }) => {
  const address = `${site}/export?what=${what}&${queryOf[what]}`;

  it('has the range of the route, and rows of its columns', async () => {
    const { ask } = await filled();
    const exported = (await ask(`${address}&format=json`)).json;
    const { from, to, zone } = (await ask(`${site}/${routeOf(what)}?${queryOf[what]}`)).json;
    expect(exported).toMatchObject({ what, from, to, zone, next: null });
    expect(exported.rows.length).toBeGreaterThan(0);
    for (const row of exported.rows) expect(Object.keys(row)).toEqual(Object.keys(columns));
  });

  it('is the same in each form, of a type that says which', async () => {
    const { ask } = await filled();
    const json = await ask(`${address}&format=json`);
    const ndjson = await ask(`${address}&format=ndjson`);
    const csv = await ask(address);
    expect([json, ndjson, csv].map(({ headers }) => headers['content-type'])).toEqual([
      'application/json; charset=utf-8',
      'application/x-ndjson; charset=utf-8',
      'text/csv; charset=utf-8; header=present',
    ]);
    expect(csv.headers['content-disposition']).toMatch(/^attachment; filename="demo-[\w-]+\.csv"$/);
    expect(
      ndjson.body
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(json.json.rows);
    const [head, ...rows] = readCsv(csv.body);
    expect(head).toEqual(Object.keys(columns));
    expect(rows.map((row) => row.length)).toEqual(json.json.rows.map(() => head?.length));
    expect(rows.flat().filter((cell) => /^[=+@]/.test(cell))).toEqual([]);
  });

  it('describes every column', () => {
    const undescribed = Object.entries(columns).filter(([, { description = '' }]) => description === '');
    expect(undescribed.map(([name]) => name)).toEqual([]);
  });

  it('is refused as the route refuses', async () => {
    const { ask } = await filled();
    const wrong = 'from=2020-01-01&to=2026-11-23';
    const [mine, its] = [
      await ask(`${address}&${wrong}`),
      await ask(`${site}/${routeOf(what)}?${queryOf[what]}&${wrong}`),
    ];
    expect([mine.statusCode, mine.json]).toEqual([its.statusCode, its.json]);
    expect(mine.json.error.code).toBe('range-too-long');
  });
});

describe('/export', () => {
  it('has the figures of the routes', async () => {
    const { ask } = await filled();
    const rowsOf = async (what: string) =>
      (await ask(`${site}/export?what=${what}&${queryOf[what]}&format=json`)).json.rows;
    const answerOf = async (what: string) => (await ask(`${site}/${what}?${queryOf[what]}`)).json;
    const pages = await answerOf('pages');
    expect(await rowsOf('pages')).toEqual([
      ...pages.rows,
      { path: '(other)', pageId: '', title: '', url: '', ...pages.other },
    ]);
    const { points } = await answerOf('series');
    expect(await rowsOf('series')).toEqual([
      { ...points[0], at: '2026-11-23T08:00:00.000Z', localTime: '2026-11-23 09:00' },
      { ...points[1], at: '2026-11-23T09:00:00.000Z', localTime: '2026-11-23 10:00' },
    ]);
    expect(await rowsOf('breakdown')).toEqual([{ value: '=1+1', pageViews: null, count: 2, visitors: 1 }]);
    const {
      rows: [element],
    } = await answerOf('elements');
    const { box, ...buy } = element;
    expect(box).toEqual([10, 20, 300, 40]);
    expect(await rowsOf('elements')).toEqual([{ ...buy, boxX: 10, boxY: 20, boxWidth: 300, boxHeight: 40 }]);
    const { elements } = await answerOf('heatmap');
    const cells = elements.flatMap(({ key, cells: all }: { key: string; cells: number[][] }) =>
      all.map(([col, row, value]) => ({ key, col, row, value })),
    );
    expect(cells.length).toBeGreaterThan(0);
    expect(await rowsOf('heatmap')).toEqual(cells);
    const { rows: listed } = await answerOf('sessions');
    expect(listed).toHaveLength(1);
    const start = new Date(listed[0].start).toISOString();
    const last = new Date(listed[0].last).toISOString();
    expect(await rowsOf('sessions')).toEqual([{ ...listed[0], start, last, signals: 'hesitation engaged' }]);
    const { goals, funnels, sessions } = await answerOf('funnels');
    const { points: _points, ...goal } = goals[0];
    expect(goal).toMatchObject({ conversions: 2, sessions: 1 });
    expect(await rowsOf('goals')).toEqual([{ ...goal, since: new Date(now).toISOString(), allSessions: sessions }]);
    const { id, name, steps } = funnels[0];
    const stepRows = steps.map((step: object, index: number) => ({ ...step, id, name, step: index + 1 }));
    expect(stepRows).toHaveLength(2);
    expect(await rowsOf('funnels')).toEqual(stepRows);
    expect(await rowsOf('transitions')).toEqual([{ from: '/', to: '/a,b', count: 3 }]);
    const { views, foldLine, bands } = await answerOf('scroll');
    expect(await rowsOf('scroll')).toEqual(bands.map((band: object) => ({ pane: '', ...band, foldLine, views })));
  });

  it('has all rows, however many the route would sum up', async () => {
    const { ask, put } = await filled();
    for (let index = 0; index < 120; index++) await put.page(today, `/page-${index}`, { pv: 1, vi: 1 });
    const { body } = await ask(`${site}/export?what=pages`);
    expect(readCsv(body)).toHaveLength(1 + 122 + 1);
  });

  it('comes in parts where there are many sessions, each row once', async () => {
    const { ask, put } = await demoApi();
    for (let index = 0; index < 1_050; index++) {
      const firstStart = Date.parse('2026-11-23T09:00Z') + index;
      const session = { day: today, firstStart, visitor: index.toString(16).padStart(16, '0') };
      await put.item(sessionKey(epoch, 'demo', session), { pv: 1 }, { w: 'desktop\n\n\n\n' });
    }
    const rows: string[] = [];
    for (let cursor = '', parts = 0; parts === 0 || cursor !== ''; parts++) {
      const { headers, body, statusCode } = await ask(
        `${site}/export?what=sessions&from=2026-11-23&format=ndjson${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      expect([statusCode, parts < 5]).toEqual([200, true]);
      rows.push(...body.trimEnd().split('\n'));
      cursor = headers['x-sitepulse-next'] ?? '';
    }
    expect(new Set(rows.map((row) => JSON.parse(row).id)).size).toBe(1_050);
    expect(rows).toHaveLength(1_050);
  });

  it('names a page of any letters', async () => {
    const { ask } = await filled();
    const { headers } = await ask(`${site}/export?what=scroll&path=${encodeURIComponent('/für/漢字"\r\n')}`);
    expect(headers['content-disposition']).toBe(
      `attachment; filename="demo-scroll-f_r-__-${today}.csv"; filename*=UTF-8''demo-scroll-f%C3%BCr-%E6%BC%A2%E5%AD%97-${today}.csv`,
    );
  });

  it('refuses what it does not have, by name', async () => {
    const { ask } = await filled();
    const code = async (query: string) => (await ask(`${site}/export?${query}`)).json.error.code;
    expect(await code('')).toBe('missing-what');
    expect(await code('what=everything')).toBe('bad-what');
    expect(await code('what=pages&format=xls')).toBe('bad-format');
    expect(await code('what=breakdown')).toBe('missing-dimension');
    expect(await code('what=heatmap')).toBe('missing-path');
    expect(await code('what=heatmap&path=/&layer=x')).toBe('bad-layer');
  });

  it('refuses what is too large to be answered, and says what would fit', async () => {
    const { ask, put } = await filled();
    // Quotes take two bytes in the function's answer: what goes over the wire as 4 MB is 8 MB there.
    const title = '"'.repeat(20_000);
    const days = Array.from({ length: 10 }, (_, index) => `2026-11-${String(14 + index)}`);
    for (const day of days)
      for (let page = 0; page < 14; page++) await put.page(day, `/${day}/${page}`, { pv: 1 }, { t: title });
    const refused = await ask(`${site}/export?what=pages&format=ndjson&from=${days[0]}`);
    expect(refused.statusCode).toBe(400);
    const { code, message } = refused.json.error;
    expect(code).toBe('export-too-large');
    const [, fitting = ''] = /for about (\d+) days at a time/.exec(message) ?? [];
    expect(Number(fitting)).toBeGreaterThan(0);
    const fits = await ask(`${site}/export?what=pages&format=ndjson&from=${days[0]}&to=${days[Number(fitting) - 1]}`);
    expect(fits.statusCode).toBe(200);
    expect(Buffer.byteLength(JSON.stringify(fits.body))).toBeLessThan(6_000_000);
  });
});
