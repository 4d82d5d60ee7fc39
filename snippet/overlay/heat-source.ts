/** A page's heat as it grows: answers of the API, and today's live totals over them. */
import type { AnswerRange, ScrollAnswer } from '../../functions/contract/answer.ts';
import { elementPartition } from '../../functions/contract/counter.ts';
import { nameId } from '../../functions/contract/name-id.ts';
import { dayStart, localDay } from '../../functions/contract/time-unit.ts';
import type { Api } from '../../web/live/api.ts';
import { Connection } from '../../web/live/connection.ts';
import type { ConnectionState } from '../../web/live/connection-state.ts';
import { merge, noItems } from '../../web/live/merge.ts';
import { openBrowserSocket } from '../../web/live/open-browser-socket.ts';
import { spanOf } from '../../web/view/date-range.ts';
import { elementHeat, type HeatAnswers, type HeatElement, liveElements } from '../../web/view/element-heat.ts';
import { factsOf } from '../../web/view/layer.ts';
import type { View } from './view.ts';

/** Live totals of an element that was admitted after the last answer: ask again, but no more often than this. */
const askAgainEveryMs = 2_000;
const refreshEveryMs = 30_000;

export interface HeatSourceParts {
  api: Pick<Api, 'heatmap' | 'elements' | 'scroll' | 'ticket'>;
  socketUrl: string;
  site: string;
  zone: string;
  /** `view`: what was asked for when this was read. */
  onHeat(heat: PageHeat, view: View): void;
  onState(state: ConnectionState | 'paused'): void;
  onFault(error: unknown): void;
}

/** What is known of the page in the view's time. */
export interface PageHeat {
  elements: readonly HeatElement[];
  /** Null where the layer does not ask for it. */
  scroll: ScrollAnswer | null;
  /** As the API says of the elements. */
  isComplete: boolean;
}

interface Answers {
  view: View;
  /** As the site's path rules have it. */
  path: string;
  day: string;
  today: HeatAnswers;
  earlier: HeatAnswers | null;
  scroll: ScrollAnswer | null;
}

export class HeatSource {
  private answers: Answers | null = null;
  private connection: Connection | null = null;
  private live = noItems();
  /** Which question an answer belongs to: one that comes after another was asked is dropped. */
  private asked = 0;
  private unknown = '';
  private timer: ReturnType<typeof setTimeout> | undefined;
  private refreshing: ReturnType<typeof setTimeout> | undefined;
  private frame = 0;
  private readonly parts: HeatSourceParts;

  constructor(parts: HeatSourceParts) {
    this.parts = parts;
  }

  show(view: View): void {
    this.unknown = '';
    void this.ask(view);
  }

  close(): void {
    this.asked++;
    this.connection?.close();
    this.connection = null;
    clearTimeout(this.timer);
    clearTimeout(this.refreshing);
    cancelAnimationFrame(this.frame);
  }

  private async ask(view: View): Promise<void> {
    const asked = ++this.asked;
    clearTimeout(this.timer);
    clearTimeout(this.refreshing);
    this.timer = undefined;
    try {
      const answers = await this.load(view);
      if (asked !== this.asked) return;
      this.answers = answers;
      this.connect(answers);
      this.tell();
      // No totals tell how far a page is read.
      if (asksForScroll(view) && view.isLive) this.refreshing = setTimeout(() => void this.ask(view), refreshEveryMs);
    } catch (error) {
      if (asked === this.asked) this.parts.onFault(error);
    }
  }

  private async load(view: View): Promise<Answers> {
    const { api, zone } = this.parts;
    const now = Date.now();
    const day = localDay(now, zone);
    const midnight = dayStart(day, zone);
    const span = spanOf(view.range, now, zone);
    const { cells, drawn } = factsOf(view.layer);
    const asksForRows = drawn === 'boxes' || view.layer === 'tap';
    const answers = async (part: Pick<AnswerRange, 'from' | 'to'>): Promise<HeatAnswers> => {
      const [heatmap, elements] = await Promise.all([
        api.heatmap(part, view, cells),
        asksForRows ? api.elements(part, view) : { rows: [], complete: true },
      ]);
      return { heatmap, rows: elements.rows, complete: elements.complete };
    };
    const [today, earlier, scroll] = await Promise.all([
      answers({ from: midnight, to: now }),
      span.from < midnight ? answers({ from: span.from, to: midnight }) : null,
      asksForScroll(view) ? api.scroll(span, view) : null,
    ]);
    return { view, path: today.heatmap.path, day, today, earlier, scroll };
  }

  /** Watches the page that the answers are of; with the live mode off, nothing. */
  private connect({ path, view: { device, isLive } }: Answers): void {
    if (!isLive) {
      this.connection?.close();
      this.connection = null;
      this.parts.onState('paused');
      return;
    }
    const watch = { op: 'watch', view: 'heatmap', path, device } as const;
    if (this.connection) {
      this.connection.watch(watch);
      return;
    }
    const { api, socketUrl, onState } = this.parts;
    this.connection = new Connection(
      {
        socketUrl,
        fetchTicket: () => api.ticket(),
        openSocket: openBrowserSocket,
        after(ms, action) {
          const timer = setTimeout(action, ms);
          return () => clearTimeout(timer);
        },
        random: () => Math.random(),
        onMessage: (message) => {
          merge(this.live, message);
          // Messages may come in a rush: what they amount to is told once a frame.
          cancelAnimationFrame(this.frame);
          this.frame = requestAnimationFrame(() => this.tell());
        },
        onState,
        onFault: (reason) => console.warn(`SitePulse: ${reason}`),
      },
      watch,
    );
  }

  private tell(): void {
    const { answers, live } = this;
    if (!answers) return;
    const { view, path, day, today, earlier, scroll } = answers;
    const { zone, site, onHeat } = this.parts;
    // Past midnight, what was today is earlier.
    if (localDay(live.asOf || Date.now(), zone) > day) {
      this.askAgain(view);
      return;
    }
    const partition = elementPartition(live.epoch, site, day, nameId(path), view.device);
    const totals = liveElements(live.items.values(), partition, factsOf(view.layer).cells);
    const { elements, unknown, complete } = elementHeat(earlier, today, totals);
    onHeat({ elements, scroll, isComplete: complete }, view);
    if (unknown && unknown !== this.unknown) this.askAgain(view);
    this.unknown = unknown;
  }

  private askAgain(view: View): void {
    this.timer ??= setTimeout(() => void this.ask(view), askAgainEveryMs);
  }
}

function asksForScroll({ layer }: View): boolean {
  return factsOf(layer).drawn === 'bands' || layer === 'underused';
}
