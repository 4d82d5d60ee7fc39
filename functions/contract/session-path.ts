/** Of a path in a session's item, characters: two of them are most of the item. */
const lengthMax = 200;

/** A path as a session's item has it: cut, without half a character at the cut. */
export function sessionPath(path: string): string {
  return path.slice(0, lengthMax).replace(/[\ud800-\udbff]$/, '');
}
