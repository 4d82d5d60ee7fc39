/**
 * Loads a file from beside `s.js`: what few pages need is loaded where it is needed.
 * @param given what it finds on its own script element
 */
export function loadPart<Given extends object>(file: string, { src }: HTMLScriptElement, given?: Given) {
  const part = Object.assign(document.createElement('script'), given, { src: new URL(file, src) });
  document.head.append(part);
  return part;
}
