import { dynamoAdmissionRows } from './admission-rows.dynamo.ts';
import { type AdmissionStore, admissionStore } from './admission-store.ts';
import type { DynamoTable } from './client.dynamo.ts';

/** Admissions in DynamoDB. */
export function dynamoAdmissionStore(table: DynamoTable): AdmissionStore {
  return admissionStore(dynamoAdmissionRows(table));
}
