import { join } from 'node:path';
import { Names } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import { AlertWatch } from './alert-watch.ts';
import { Archive } from './archive.ts';
import { Budget } from './budget.ts';
import { Canary } from './canary.ts';
import { Capture } from './capture.ts';
import { type Configuration, configurationOf } from './configuration.ts';
import { Erase } from './erase.ts';
import { Forget } from './forget.ts';
import { HttpApi } from './http-api.ts';
import { Identity, type Issuer } from './identity.ts';
import { Ingest } from './ingest.ts';
import { Overview } from './overview.ts';
import { Process } from './process.ts';
import { Push } from './push.ts';
import { Query } from './query.ts';
import { PulseStream } from './stream.ts';
import { letSeeSystem } from './system-view.ts';
import { Tables } from './tables.ts';
import { WarningTopic } from './warning-topic.ts';

/** Every choice of `Configuration`, each with its default, and what only the surroundings know. */
export interface SitePulseProps extends Partial<Configuration> {
  /**
   * The folder that holds one folder per bundled function, as `npm run build` writes it.
   * @default - `dist/functions` of this project
   */
  assetRoot?: string;
  /**
   * Where the functions reach WebSocket connections.
   * @default '' - at the address that API Gateway gives the stage
   */
  socketEndpoint?: string;
  /**
   * Where the functions reach the HTTP API.
   * @default '' - at the address that API Gateway gives it
   */
  apiEndpoint?: string;
  /**
   * Whom the alerts of sites are mailed from: an address that SES has verified in this account, itself or by its domain.
   * @default '' - nothing is mailed
   */
  alertSender?: string;
  /**
   * Whether the canary flies each minute: `ENABLED` or `DISABLED`, which leaves its alarms without anything to go by.
   * @default 'ENABLED'
   */
  canaryState?: string;
  /**
   * Where browsers open the WebSocket.
   * @default '' - at the address that API Gateway gives the stage
   */
  socketUrl?: string;
  /**
   * The secret header by which ingest believes what the edge says of a viewer.
   * @default '' - it believes no one
   */
  edgeSecret?: string;
  /**
   * Networks beyond public ones that captures may reach, as comma-separated CIDR blocks.
   * @default '' - none
   */
  captureNetworks?: string;
  /**
   * The OIDC issuer, where it is known only when the stack is deployed.
   * @default - as `oidcIssuer`, `oidcAudience` and `oidcClientIds` say
   */
  issuer?: Issuer;
  /**
   * How long records are gathered into one object of the archive, seconds. 1..300.
   * @default 300
   */
  archiveWindowSeconds?: number;
}

/** The pipeline, in order of flow, for an app of any kind: nothing is decided here, only joined. */
export class SitePulse extends Construct {
  /** The HTTP API's address. */
  readonly apiUrl: string;
  /** Where browsers open the WebSocket. */
  readonly socketUrl: string;
  readonly archive: Bucket;
  readonly captures: Bucket;
  readonly tables: Tables;
  readonly streamName: string;
  /** Where alarms go. */
  readonly warnings: Topic;
  /** Who people are, and what a dashboard signs in with. */
  readonly identity: Identity;

  /** @throws Error that names the property, the value found and what to write instead. */
  constructor(scope: Construct, id: string, props: SitePulseProps = {}) {
    super(scope, id);
    const { assetRoot = builtFunctions, socketEndpoint = '', socketUrl = '', edgeSecret = '', ...rest } = props;
    const {
      apiEndpoint = '',
      canaryState = 'ENABLED',
      alertSender = '',
      captureNetworks = '',
      archiveWindowSeconds = 300,
      issuer,
      ...choices
    } = rest;
    const configuration = configurationOf(choices);
    const { shards, streamGeneration, epoch, requestsPerSecondMax, requestBurstMax } = configuration;
    const { logRetentionDays, tracing } = configuration;
    const defaults = { assetRoot, logRetentionDays, tracing };

    const tables = new Tables(this, 'Tables');
    this.tables = tables;
    const { stream } = new PulseStream(this, 'Stream', { shards, onDemand: configuration.onDemandStream });
    const archive = new Archive(this, 'Archive', {
      defaults,
      stream,
      streamGeneration,
      windowSeconds: archiveWindowSeconds,
      archiveRetentionDays: configuration.archiveRetentionDays,
      failedRetentionDays: configuration.failedRetentionDays,
    });
    this.archive = archive.bucket;
    const push = new Push(this, 'Push', { socketEndpoint, socketUrl });
    const ingest = new Ingest(this, 'Ingest', {
      defaults,
      stream,
      tables,
      edgeSecret,
      keyRequestsPerSecondMax: configuration.keyRequestsPerSecondMax,
      concurrencyMax: configuration.ingestConcurrencyMax,
    });
    const process = new Process(this, 'Process', {
      defaults,
      stream,
      shards,
      streamGeneration,
      epoch,
      tables,
      archive: archive.bucket,
      push,
      concurrencyReserved: configuration.processConcurrencyReserved,
    });
    new Budget(this, 'Budget', { defaults, tables });
    const capture = new Capture(this, 'Capture', {
      defaults,
      tables,
      captureNetworks,
      epoch,
      retentionDays: configuration.captureRetentionDays,
      concurrencyMax: configuration.captureConcurrencyMax,
    });
    new Erase(this, 'Erase', { defaults, stream, epoch, tables, archive: archive.bucket, captures: capture.bucket });
    const forget = new Forget(this, 'Forget', {
      defaults,
      tables,
      archive: archive.bucket,
      epoch,
      archiveRetentionDays: configuration.archiveRetentionDays,
      captures: capture.bucket,
      captureRetentionDays: configuration.captureRetentionDays,
    });
    const identity = new Identity(this, 'Identity', configuration, issuer);
    this.identity = identity;
    const { query, socket } = new Query(this, 'Query', {
      defaults,
      stream,
      epoch,
      tables,
      archive,
      capture,
      push,
      identity,
    });
    const api = new HttpApi(this, 'Http', {
      functions: { ingest: ingest.fn, query },
      requestsPerSecondMax,
      requestBurstMax,
    });
    const functions = {
      ingest: ingest.fn,
      process: process.fn,
      archive: archive.fn,
      query,
      socket,
      capture: capture.fn,
      forget: forget.fn,
    };
    new Canary(this, 'Canary', {
      defaults,
      epoch,
      tables,
      apiUrl: apiEndpoint,
      fallback: api.url,
      state: canaryState,
    });
    new AlertWatch(this, 'AlertWatch', { defaults, epoch, tables, sender: alertSender, networks: captureNetworks });
    this.warnings = new WarningTopic(this, 'Warnings', configuration).topic;
    // The stack's name, where it holds nothing else.
    const prefix = `${Names.uniqueResourceName(this, { maxLength: 100, separator: '-' })}-`;
    const { alarms } = new Alarms(this, 'Alarms', {
      ...functions,
      prefix,
      topic: this.warnings,
      stream,
      rageClicksMax: configuration.rageClicksMax,
    });
    new Overview(this, 'Overview', { ...functions, alarms });
    const { process: counter, archive: archiver } = functions;
    letSeeSystem({ query, functions, readers: { process: counter, archive: archiver }, alarmPrefix: prefix });

    this.apiUrl = api.url;
    this.socketUrl = push.url;
    this.captures = capture.bucket;
    this.streamName = stream.streamName;
  }
}

const builtFunctions = join(import.meta.dirname, '..', 'dist', 'functions');
