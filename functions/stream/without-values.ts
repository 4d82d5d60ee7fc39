/** A message of a fault without what was found: texts in quotes, addresses and ids may be about a person. */
export function withoutValues(message: string): string {
  return message
    .replace(/"(?:[^"\\]|\\.)*"?/g, '"…"')
    .replace(/\bhttps?:\/\/\S+/gi, '…')
    .replace(/\b[0-9a-f]{12,}\b/gi, '…');
}
