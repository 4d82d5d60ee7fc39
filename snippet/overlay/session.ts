/** One opened overlay, from its ticket to its end. */
import type { OverlayTokenAnswer } from '../../functions/contract/answer.ts';
import { deviceOf } from '../../functions/contract/record.ts';
import { ApiFault, createApi } from '../../web/live/api.ts';
import type { ConnectionState } from '../../web/live/connection-state.ts';
import { exchangeTicket } from './exchange-ticket.ts';
import { HeatSource } from './heat-source.ts';
import { MapPainter } from './map-painter.ts';
import { openPanel, type Panel } from './panel.ts';
import type { Figures } from './panel-figures.ts';
import { watchPolicy } from './policy-watch.ts';
import type { View } from './view.ts';

export interface SessionParts {
  apiUrl: string;
  writeKey: string;
  ticket: string;
  /** The hash is part of the path. */
  hasHash: boolean;
}

const over = 'This view has ended after 15 minutes: open it again from the dashboard.';

export class Session {
  private readonly parts: SessionParts;
  private readonly panel: Panel;
  private readonly painter: MapPainter;
  private readonly listening = new AbortController();
  private source: HeatSource | null = null;
  private view: View;
  /** Until a person chooses, the device class follows the window. */
  private isDeviceChosen = false;
  /** What the panel says: it is told only what has changed. */
  private figures: Figures | null = null;
  private frame = 0;
  private ending: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: SessionParts) {
    this.parts = parts;
    const device = deviceOf(innerWidth);
    this.view = { path: this.pathNow(), device, layer: 'click', range: 'today', isLive: true };
    this.panel = openPanel({
      view: this.view,
      onChange: (change) => {
        this.isDeviceChosen ||= change.device !== undefined;
        this.change(change);
      },
      onClose: () => this.close(),
    });
    this.painter = new MapPainter(this.panel.stage);
    this.panel.state('Opening …', 'calm');
    void this.open();
    this.tick();
  }

  /** Leaves nothing behind. */
  close(): void {
    this.listening.abort();
    clearTimeout(this.ending);
    cancelAnimationFrame(this.frame);
    this.source?.close();
    this.painter.close();
    this.panel.close();
  }

  private async open(): Promise<void> {
    const { apiUrl } = this.parts;
    const { signal } = this.listening;
    const block = (sentence: string) => this.panel.state(sentence, 'bad');
    watchPolicy([apiUrl], block, signal);
    try {
      const answer = await exchangeTicket({ ...this.parts, signal });
      if (signal.aborted) return;
      watchPolicy([new URL(answer.socketUrl).origin], block, signal);
      this.start(answer);
    } catch (error) {
      if (!signal.aborted) this.tellFault(error);
    }
  }

  private start({ token, forMs, site, name, zone, socketUrl }: OverlayTokenAnswer): void {
    const { apiUrl } = this.parts;
    this.panel.title(name);
    this.ending = setTimeout(() => this.finish(), forMs);
    this.source = new HeatSource({
      api: createApi({ apiUrl, bearer: async () => token, site, fetch: (url, init) => fetch(url, init) }),
      socketUrl,
      site,
      zone,
      onHeat: (heat, view) => this.painter.take(heat, view),
      onState: (state) => this.tellState(state),
      onFault: (error) => this.tellFault(error),
    });
    this.panel.state('Reading …', 'calm');
    this.source.show(this.view);
  }

  private finish(): void {
    this.source?.close();
    this.source = null;
    this.panel.state(over, 'bad');
  }

  private change(change: Partial<View>): void {
    this.view = { ...this.view, ...change };
    this.source?.show(this.view);
  }

  /** Runs with each frame: whatever moved an element, its heat moves along. */
  private tick(): void {
    this.frame = requestAnimationFrame(() => this.tick());
    const path = this.pathNow();
    if (path !== this.view.path) this.change({ path });
    this.followWidth();
    this.panel.raise();
    const figures = this.painter.draw();
    if (figures && figures !== this.figures) this.panel.figures(figures);
    this.figures = figures ?? this.figures;
  }

  private followWidth(): void {
    const device = deviceOf(innerWidth);
    if (this.isDeviceChosen || device === this.view.device) return;
    this.panel.device(device);
    this.change({ device });
  }

  private tellState(state: ConnectionState | 'paused'): void {
    if (state === 'paused') this.panel.state('Live is off: this is how it stood.', 'calm');
    else if (state.name === 'live') this.panel.state('Live', 'good');
    else if (state.name === 'connecting') this.panel.state('Connecting …', 'calm');
    else if (state.name === 'late') this.panel.state('Nothing new has been counted for a while.', 'warn');
    else if (state.reason === 'refused') this.finish();
    else this.panel.state(`${state.message} Trying again.`, 'warn');
  }

  private tellFault(error: unknown): void {
    if (error instanceof ApiFault && error.status === 401) this.finish();
    else this.panel.state(error instanceof Error ? error.message : String(error), 'bad');
  }

  private pathNow(): string {
    return location.pathname + (this.parts.hasHash ? location.hash : '');
  }
}
