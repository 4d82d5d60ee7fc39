import type { ArchiveStore } from '../archive/archive-store.ts';
import type { SignIn } from '../identity/sign-in.ts';
import type { ConnectionStore } from '../push/connection-store.ts';
import type { Socket } from '../push/pusher.ts';
import type { AccessStore } from '../sites/access-store.ts';
import type { AlertStore } from '../sites/alert-store.ts';
import type { AuditStore } from '../sites/audit-store.ts';
import type { ErasureStore } from '../sites/erasure-store.ts';
import type { MarkerStore } from '../sites/marker-store.ts';
import type { RefusalStore } from '../sites/refusal-store.ts';
import type { SiteStore } from '../sites/site-store.ts';
import type { UsageStore } from '../sites/usage-store.ts';
import type { UserStore } from '../sites/user-store.ts';
import type { VisitorErasureStore } from '../sites/visitor-erasure-store.ts';
import type { AdmissionStore } from '../store/admission-store.ts';
import type { CounterStore } from '../store/counter-store.ts';
import type { ProgressStore } from '../store/progress-store.ts';
import type { StreamWriter } from '../stream/stream-writer.ts';
import type { CaptureInvoker } from './capture-invoker.ts';
import type { CaptureStore } from './capture-store.ts';
import type { GrantTokens } from './grant-tokens.ts';
import type { Monitor } from './monitor.ts';
import type { TickLimit } from './tick-limit.ts';

/** Everything outside that the query API reads, writes or waits for. */
export interface QueryPorts {
  epoch: string;
  sites: SiteStore;
  access: AccessStore;
  users: UserStore;
  audit: AuditStore;
  erasures: Pick<ErasureStore, 'begin'>;
  /** Null: no issuer is configured. */
  signIn: SignIn | null;
  tokens: GrantTokens;
  counters: CounterStore;
  admissions: AdmissionStore;
  progress: ProgressStore;
  connections: ConnectionStore;
  /** Ends connections whose right was revoked. */
  socket: Pick<Socket, 'close'>;
  /** The address of the WebSocket, which overlays are told. */
  socketUrl: string;
  captures: CaptureStore;
  capture: CaptureInvoker;
  /** Where records wait that could not be counted. */
  archive: Pick<ArchiveStore, 'keys' | 'get'>;
  monitor: Monitor;
  alerts: Pick<AlertStore, 'read' | 'save' | 'remove'>;
  markers: MarkerStore;
  refusals: Pick<RefusalStore, 'read'>;
  /** Visitors who are to be erased. */
  visitorErasures: VisitorErasureStore;
  usage: Pick<UsageStore, 'read'>;
  stream: Pick<StreamWriter, 'tick' | 'shards'>;
  ticks: TickLimit;
  /** Bytes that nobody can guess: secrets and ids are made of them. */
  random(byteCount: number): Uint8Array;
  sleep(ms: number): Promise<void>;
}
