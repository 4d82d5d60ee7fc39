/** What stands on the lines of a text field, without blanks and empty lines. Inverse: `join('\n')`. */
export function linesOf(text: string): string[] {
  return text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter(Boolean);
}
