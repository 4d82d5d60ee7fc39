/** Records as ingest would write them, and a visitor whose records are folded one after the other at fixed times. */
import type { Admissions } from '../../../functions/aggregate/counted-name.ts';
import { type Folded, fold } from '../../../functions/aggregate/fold.ts';
import { namesNeeded } from '../../../functions/aggregate/names-needed.ts';
import { emptyVisitorState, type VisitorState } from '../../../functions/aggregate/visitor-state.ts';
import { activeAt } from '../../../functions/contract/active.ts';
import type { Admission } from '../../../functions/contract/admission.ts';
import { type ItemKey, keyText, parseKeyText } from '../../../functions/contract/counter.ts';
import { kind, type PulseEvent } from '../../../functions/contract/event.ts';
import { nameId } from '../../../functions/contract/name-id.ts';
import { parsePlace } from '../../../functions/contract/place.ts';
import {
  deviceOf,
  type RecordElement,
  type RecordPage,
  type StreamRecord,
} from '../../../functions/contract/record.ts';
import { defaultPathRules, type SiteConfig } from '../../../functions/contract/site.ts';
import { Tiles } from '../../../functions/store/tiles.ts';

export const epoch = '1';
export const site = 'demo';

export function configOf(zone = 'UTC'): SiteConfig {
  return {
    site,
    version: 1,
    name: 'Demo',
    zone,
    origins: ['http://localhost:*'],
    pathRules: defaultPathRules,
    watchedRequestsPerSecondMax: 200,
  };
}

export function pageOf(path: string, overrides: Partial<RecordPage> = {}): RecordPage {
  const viewportWidth = overrides.viewportWidth ?? 1280;
  return {
    path,
    rawPath: path,
    title: `Title of ${path}`,
    device: deviceOf(viewportWidth),
    viewportWidth,
    viewportHeight: 800,
    documentHeight: 1600,
    referrer: '',
    utm: [],
    ...overrides,
  };
}

export function elementOf(key: string, overrides: Partial<RecordElement> = {}): RecordElement {
  return { page: 0, key, label: key, box: [0, 0, 100, 40], clickable: true, ...overrides };
}

export function recordOf(overrides: Partial<StreamRecord> & { receivedAt: number }): StreamRecord {
  return {
    v: 1,
    site,
    config: 1,
    visitor: '00000000000000aa',
    load: '00000000000000a1',
    n: 0,
    origin: 'http://localhost:8081',
    country: 'DE',
    browser: 'Firefox',
    os: 'Linux',
    language: 'de',
    pages: [pageOf('/')],
    elements: [],
    events: [],
    ...overrides,
  };
}

export const view = (age = 0, page = 0): PulseEvent => [kind.view, age, page, 0];
export const heartbeat = (age = 0, page = 0): PulseEvent => [kind.heartbeat, age, page];
export const hide = (age = 0, page = 0): PulseEvent => [kind.hide, age, page];
export const show = (age = 0, page = 0): PulseEvent => [kind.show, age, page];
export const leave = (age = 0, page = 0): PulseEvent => [kind.leave, age, page];

/** Every name is admitted, to slots in order of asking; but those in `refused`, which names elements by their key. */
export function admitAll(refused: ReadonlySet<string> = new Set()): {
  answer(record: StreamRecord, config: SiteConfig): Admissions;
} {
  const admitted = new Map<string, Admission>();
  const tilesOf = new Map<string, Tiles>();
  return {
    answer(record, config) {
      for (const { scope, name, element } of namesNeeded(record, config, epoch)) {
        const id = `${scope.pk}\n${name}`;
        const asked = scope.isFirstCome ? parsePlace(name).key : name;
        if (refused.has(asked) || admitted.has(id)) continue;
        const slot = admitted.size;
        if (!scope.isFirstCome) {
          admitted.set(id, { slot, name });
          continue;
        }
        const tiles = tilesOf.get(scope.pk) ?? new Tiles();
        tilesOf.set(scope.pk, tiles);
        const { tile, at } = tiles.roomFor(name);
        tiles.take(name, tile, at);
        admitted.set(id, { slot, name, ...(element && { element }), tile, at });
      }
      return { find: (pk, name) => admitted.get(`${pk}\n${name}`) ?? null };
    },
  };
}

interface GivenOptions extends Pick<SiteConfig, 'goals' | 'funnels'> {
  zone?: string;
  refused?: string[];
}

/** A site's counters, with one state a visitor, as the processor would keep them. */
export class GivenSite {
  readonly items = new Map<string, Record<string, number>>();
  readonly texts = new Map<string, Record<string, string>>();
  readonly states = new Map<string, VisitorState>();
  readonly retired = new Map<string, string>();
  readonly config: SiteConfig;
  readonly #admissions;

  constructor({ zone = 'UTC', refused = [] as string[], ...goals }: GivenOptions = {}) {
    this.config = { ...configOf(zone), ...goals };
    this.#admissions = admitAll(new Set(refused));
  }

  receive(record: StreamRecord): Folded {
    const folded = fold(this.states.get(record.visitor) ?? emptyVisitorState(), record, {
      config: this.config,
      admissions: this.#admissions.answer(record, this.config),
      epoch,
      retired: this.retired.get(record.load) ?? null,
    });
    this.states.set(record.visitor, folded.state);
    for (const { load, text } of folded.retired) this.retired.set(load, text);
    for (const { key, counters, texts } of folded.increments) {
      const item = this.items.get(keyText(key)) ?? {};
      for (const [name, value] of Object.entries(counters)) item[name] = (item[name] ?? 0) + value;
      this.items.set(keyText(key), item);
      this.texts.set(keyText(key), { ...this.texts.get(keyText(key)), ...texts });
    }
    return folded;
  }

  at(key: ItemKey): Record<string, number> {
    return this.items.get(keyText(key)) ?? {};
  }
  textsAt(key: ItemKey): Record<string, string> {
    return this.texts.get(keyText(key)) ?? {};
  }

  activeAt(asOf: number): number {
    return activeAt(this.#pairs(), asOf).active;
  }
  /** Visible loads by path; `paths` names those to look for. */
  pagesAt(asOf: number, paths: string[]): Record<string, number> {
    const { pages } = activeAt(this.#pairs(), asOf);
    const counts = paths.map((path): [string, number] => [path, pages.get(nameId(path)) ?? 0]);
    return Object.fromEntries(counts.filter(([, count]) => count !== 0));
  }
  #pairs() {
    return [...this.items].map(([text, counters]) => ({ pk: parseKeyText(text).pk, counters }));
  }
}
