import { DeleteItemCommand, type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { localDay } from '../contract/time-unit.ts';
import {
  dayOfExpiredSalt,
  daysOfAnySalts,
  daysOfExpiredSalts,
  type SaltStore,
  saltBytes,
  saltExpiresAt,
} from './salt-store.ts';

/** Salts as items `salt|<site>|<day>` of the sites table. Callers keep today's in memory: each call is a write. */
export function dynamoSaltStore(
  { client, table }: { client: DynamoDBClient; table: string },
  random: (byteCount: number) => Uint8Array,
): SaltStore {
  async function deleteDays(site: string, days: readonly string[]): Promise<void> {
    for (const day of days) {
      await client.send(new DeleteItemCommand({ TableName: table, Key: saltKey(site, day) }));
    }
  }
  return {
    async todaysSalt(site, zone, now) {
      const day = localDay(now, zone);
      const offered = random(saltBytes);
      // One call whoever comes first: the first to ask sets it, all others are told what it is.
      const answer = await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: saltKey(site, day),
          UpdateExpression: 'SET #salt = if_not_exists(#salt, :salt), #ttl = if_not_exists(#ttl, :ttl)',
          ExpressionAttributeNames: { '#salt': 'salt', '#ttl': 'ttl' },
          ExpressionAttributeValues: {
            ':salt': { B: offered },
            ':ttl': { N: String(Math.ceil(saltExpiresAt(zone, now) / 1000)) },
          },
          ReturnValues: 'ALL_NEW',
        }),
      );
      const salt = answer.Attributes?.salt?.B;
      if (!salt) throw new Error(`the salt of site ${site} on ${day} was written, but the table did not return it`);
      // TTL may run days late. Whoever makes a day's salt deletes the one that has just had its 48 hours.
      if (Buffer.compare(salt, offered) === 0) {
        await client.send(new DeleteItemCommand({ TableName: table, Key: saltKey(site, dayOfExpiredSalt(day)) }));
      }
      return salt;
    },

    deleteExpired: (site, zone, now) => deleteDays(site, daysOfExpiredSalts(zone, now)),
    deleteAll: (site, now) => deleteDays(site, daysOfAnySalts(now)),
  };
}

function saltKey(site: string, day: string) {
  return { pk: { S: `salt|${site}|${day}` }, sk: { S: '-' } };
}
