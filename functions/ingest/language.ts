/** `de-CH` → `de`; '' for what is no language tag. Two or three letters, so at most some 18,000 values. */
export function primaryLanguage(tag: string): string {
  return /^([a-z]{2,3})(?:[-_]|$)/i.exec(tag)?.[1]?.toLowerCase() ?? '';
}
