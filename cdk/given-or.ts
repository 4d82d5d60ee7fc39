import { CfnCondition, Fn, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** `value`, which may be known only when the stack is deployed: then the condition `id` tells; `fallback` where it is empty. */
export function givenOr(scope: Construct, id: string, value: string, fallback: string): string {
  if (!Token.isUnresolved(value)) return value || fallback;
  const isEmpty = new CfnCondition(scope, id, { expression: Fn.conditionEquals(value, '') });
  return Fn.conditionIf(isEmpty.logicalId, fallback, value).toString();
}
