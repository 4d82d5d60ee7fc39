import { type DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { AuditEntry } from '../contract/account.ts';
import { type AuditStore, auditKeptMs, auditSort } from './audit-store.ts';

/** Audit logs in the sites table: `audit|<site>`, an item an entry, named by its time. */
export function dynamoAuditStore({ client, table }: { client: DynamoDBClient; table: string }): AuditStore {
  return {
    async append(site, entry, unique) {
      await client.send(
        new PutItemCommand({
          TableName: table,
          Item: {
            pk: { S: `audit|${site}` },
            sk: { S: auditSort(entry.at, unique) },
            entry: { S: JSON.stringify(entry) },
            ttl: { N: String(Math.ceil((entry.at + auditKeptMs) / 1000)) },
          },
        }),
      );
    },
    async page(site, { before, limit }) {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: `pk = :pk${before === null ? '' : ' AND sk < :before'}`,
          ExpressionAttributeValues: {
            ':pk': { S: `audit|${site}` },
            ...(before === null ? {} : { ':before': { S: before } }),
          },
          ScanIndexForward: false,
          Limit: limit,
          ConsistentRead: true,
        }),
      );
      return {
        rows: Items.flatMap(({ entry }) => (entry?.S ? [JSON.parse(entry.S) as AuditEntry] : [])),
        next: LastEvaluatedKey?.sk?.S ?? null,
      };
    },
  };
}
