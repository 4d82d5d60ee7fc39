import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { S3Client } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { s3ArchiveStore } from '../../functions/archive/archive-store.s3.ts';
import { currentEpoch } from '../../functions/sites/current-epoch.ts';
import { dynamoEpochStore } from '../../functions/sites/epoch-store.dynamo.ts';
import { dynamoSiteStore } from '../../functions/sites/site-store.dynamo.ts';
import { dynamoAdmissionStore } from '../../functions/store/admission-store.dynamo.ts';
import type { DynamoTable } from '../../functions/store/client.dynamo.ts';
import { dynamoVisitorStore } from '../../functions/store/visitor-store.dynamo.ts';
import { region } from '../embedded/resource-identity.ts';
import type { StackNames } from '../stack-names.ts';
import type { AuditPorts } from './audit-day.ts';
import { storedItems } from './stored-items.dynamo.ts';
import { streamRecords } from './stream-records.kinesis.ts';

/** Where services are, and whose they are. Nothing of it: AWS, by the SDK's own settings. */
export interface ClientPlace {
  endpoint?: string;
  region?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string };
}

/** An emulator takes any key. */
export function localPlace(endpoint: string): ClientPlace {
  return { endpoint, region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
}

export function clientsAt(place: ClientPlace) {
  // What runs here is the developer's Node; the functions' own is chosen by the stack.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const dynamo = new DynamoDBClient({ ...place, requestHandler: new NodeHttpHandler() });
  const kinesis = new KinesisClient({ ...place, requestHandler: new NodeHttpHandler() });
  const s3 = new S3Client({ ...place, forcePathStyle: place.endpoint !== undefined });
  return {
    dynamo,
    kinesis,
    s3,
    close(): void {
      for (const client of [dynamo, kinesis, s3]) client.destroy();
    },
  };
}
export type Clients = ReturnType<typeof clientsAt>;

/** The clients of everything that runs behind one local endpoint. */
export const localClients = (endpoint: string): Clients => clientsAt(localPlace(endpoint));
export type LocalClients = Clients;

/** `epoch`: the one that is audited. */
export function auditPorts(
  clients: LocalClients,
  names: StackNames,
  progress: (what: string) => void,
  epoch: string,
): AuditPorts {
  const tableOf = (table: string): DynamoTable => ({ client: clients.dynamo, table });
  return {
    archive: s3ArchiveStore(clients.s3, names.archiveBucket),
    stream: () => streamRecords(clients.kinesis, names.streamName, names.streamGeneration),
    sites: dynamoSiteStore(tableOf(names.sitesTable)),
    admissions: dynamoAdmissionStore(tableOf(names.admissionsTable)),
    visitors: dynamoVisitorStore(tableOf(names.visitorsTable), epoch),
    storedItems: (pk) => storedItems(tableOf(names.countersTable), pk),
    clock: Date.now,
    progress,
  };
}

/** The epoch that is read now. */
export function epochInUse(clients: LocalClients, names: StackNames): Promise<string> {
  return currentEpoch(dynamoEpochStore({ client: clients.dynamo, table: names.sitesTable }), names.epoch);
}
