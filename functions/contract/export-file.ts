export const fileFormats = ['csv', 'json', 'ndjson'] as const;
export type FileFormat = (typeof fileFormats)[number];

/** heatmap-shop-boots-mobile-rage-2026-11-23.png: letters, digits and dashes, so that every system takes it. */
export function exportName(parts: readonly string[], ending: FileFormat | 'png'): string {
  const name = parts
    .map((part) => part.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, ''))
    .filter((part) => part !== '')
    .join('-');
  return `${name.slice(0, 120) || 'heatmap'}.${ending}`;
}
