import type { Holder } from '../contract/account.ts';

/** A holder as one text: `user:<id>`. */
export function formatHolder({ kind, id }: Holder): string {
  return `${kind}:${id}`;
}

/** Null for what is none. */
export function parseHolder(text: string): Holder | null {
  const [, kind, id] = /^(user|key|share):(.+)$/.exec(text) ?? [];
  return kind && id ? { kind: kind as Holder['kind'], id } : null;
}
