import type { ArchiveStore } from '../archive/archive-store.ts';
import type { ConnectionStore } from '../push/connection-store.ts';
import type { MarkerStore } from '../sites/marker-store.ts';
import type { RefusalStore } from '../sites/refusal-store.ts';
import type { SiteStore } from '../sites/site-store.ts';
import type { AdmissionStore } from '../store/admission-store.ts';
import type { CounterStore } from '../store/counter-store.ts';
import type { ProgressStore } from '../store/progress-store.ts';
import type { StreamWriter } from '../stream/stream-writer.ts';
import type { CaptureInvoker } from './capture-invoker.ts';
import type { CaptureStore } from './capture-store.ts';
import type { OverlayTokens } from './overlay-tokens.ts';
import type { TickLimit } from './tick-limit.ts';

/** Everything outside that the query API reads, writes or waits for. */
export interface QueryPorts {
  epoch: string;
  sites: SiteStore;
  counters: CounterStore;
  admissions: AdmissionStore;
  progress: ProgressStore;
  connections: ConnectionStore;
  overlays: OverlayTokens;
  /** The address of the WebSocket, which overlays are told. */
  socketUrl: string;
  captures: CaptureStore;
  capture: CaptureInvoker;
  /** Where records wait that could not be counted. */
  archive: Pick<ArchiveStore, 'keys' | 'get'>;
  markers: MarkerStore;
  refusals: Pick<RefusalStore, 'read'>;
  stream: Pick<StreamWriter, 'tick'>;
  ticks: TickLimit;
  sleep(ms: number): Promise<void>;
}
