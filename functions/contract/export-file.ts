export const fileFormats = ['csv', 'json', 'ndjson'] as const;
export type FileFormat = (typeof fileFormats)[number];

/** Of UTF-8: with its ending, most systems take 255. */
const nameBytesMax = 240;

/** heatmap-shop-boots-mobile-rage-2026-11-23.png: letters, digits and dashes, so that every system takes it. */
export function exportName(parts: readonly string[], ending: FileFormat | 'png'): string {
  const name = parts
    .map((part) => part.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, ''))
    .filter((part) => part !== '')
    .join('-');
  return `${beginning(name) || 'heatmap'}.${ending}`;
}

/** Whole letters of it, none cut in half. */
function beginning(name: string): string {
  const encoder = new TextEncoder();
  let [text, bytes] = ['', 0];
  for (const letter of name) {
    bytes += encoder.encode(letter).length;
    if (bytes > nameBytesMax) break;
    text += letter;
  }
  return text;
}
