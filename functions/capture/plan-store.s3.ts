import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { type CapturePlan, type PlanStore, planKey } from './plan-store.ts';

/** One JSON object a site, beside the captures. */
export function s3PlanStore(client: S3Client, bucket: string): PlanStore {
  return {
    async get(site) {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: planKey(site) }));
        return Body ? (JSON.parse(await Body.transformToString()) as CapturePlan) : null;
      } catch (error) {
        // By status, not by name: compatible services name it differently.
        if ((error as { $metadata?: { httpStatusCode?: number } } | null)?.$metadata?.httpStatusCode === 404)
          return null;
        throw error;
      }
    },
    async put(site, plan) {
      const Body = JSON.stringify(plan);
      await client.send(
        new PutObjectCommand({ Bucket: bucket, Key: planKey(site), Body, ContentType: 'application/json' }),
      );
    },
  };
}
