/** The SDK's clients as our adapters use them, over the simulator's own services and through a host that may fail. */
import { BatchGetItemCommand, type DynamoDBClient, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { KinesisClient } from '@aws-sdk/client-kinesis';
import { ListShardsCommand } from '@aws-sdk/client-kinesis';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Faults } from '../faults.ts';
import type { Host } from '../host.ts';
import { type DynamoDb, goodLuck, type ReadLuck } from './dynamodb.ts';
import type { Kinesis } from './kinesis.ts';

/** Where a mutant may step between an adapter and its service. */
export type Send = (command: unknown) => Promise<unknown>;

export function dynamoSend(db: DynamoDb, host: Host, faults: Faults): Send {
  return (command) => {
    if (
      command instanceof GetItemCommand ||
      command instanceof BatchGetItemCommand ||
      command instanceof QueryCommand
    ) {
      const luck = luckOf(command, host.nextPlace(), faults);
      return host.read(() => db.execute(command, luck));
    }
    return host.write(() => db.execute(command));
  };
}

const behindMs = 1_500;

function luckOf(command: unknown, place: string, faults: Faults): ReadLuck {
  const mayBeBehind = command instanceof GetItemCommand || command instanceof QueryCommand;
  if (mayBeBehind && !command.input.ConsistentRead && faults.would('read-behind', place)) {
    return { ...goodLuck, behind: { ms: behindMs, hid: () => faults.took('read-behind', place) } };
  }
  if (command instanceof BatchGetItemCommand) {
    const [keys] = Object.values(command.input.RequestItems ?? {}).map(({ Keys }) => Keys?.length ?? 0);
    if (keys && faults.strikes('read-unprocessed', place)) {
      const share = faults.share('read-unprocessed', place);
      return { ...goodLuck, unprocessed: 1 + Math.floor(share * keys) };
    }
  }
  return goodLuck;
}

export function dynamoClientOf(send: Send): DynamoDBClient {
  return { send } as unknown as DynamoDBClient;
}

export function kinesisClientOf(stream: Kinesis, host: Host): KinesisClient {
  const send: Send = (command) =>
    command instanceof ListShardsCommand
      ? host.read(() => stream.execute(command))
      : host.write(() => stream.execute(command));
  return { send } as unknown as KinesisClient;
}

/** Objects by key; every put of one is kept, so that a second one that differs shows. */
export type Bucket = Map<string, string[]>;
/** The archive's: an object is what was put last. */
export type Archive = Map<string, Uint8Array>;

export function s3ClientOf(host: Host, keep: (key: string, body: string | Uint8Array) => void): S3Client {
  const send: Send = (command) => {
    if (!(command instanceof PutObjectCommand)) throw new Error('the simulator only puts objects');
    const { Key = '', Body } = command.input;
    if (typeof Body !== 'string' && !(Body instanceof Uint8Array)) throw new Error(`${Key} is put with no bytes`);
    return host.write(() => {
      keep(Key, Body);
      return {};
    });
  };
  return { send } as unknown as S3Client;
}
