import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The context of `cdk.json`: configuration with its defaults, and the CDK's own feature flags. */
export function readContext(): Record<string, unknown> {
  const text = readFileSync(join(import.meta.dirname, '..', 'cdk.json'), 'utf8');
  return (JSON.parse(text) as { context: Record<string, unknown> }).context;
}
