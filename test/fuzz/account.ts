import type { RunDetails } from 'fast-check';
import fc from 'fast-check';

const exampleCharactersMax = 8_000;

/** What broke, where, and the smallest example that does it; null: nothing did. */
export function accountOf<T>(details: RunDetails<T>): string | null {
  if (!details.failed) return null;
  const { errorInstance } = details;
  const error = errorInstance instanceof Error ? (errorInstance.stack ?? errorInstance.message) : String(errorInstance);
  const message = fc.defaultReportMessage(details) ?? '';
  const cut = message.length > exampleCharactersMax ? `${message.slice(0, exampleCharactersMax)}…` : message;
  return `${error}\n\n${cut}`;
}
