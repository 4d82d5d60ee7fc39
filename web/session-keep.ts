/** What this tab keeps over a refresh. A browser may keep nothing for a page: then it is as if it were the first visit. */
export function kept(name: string): string | null {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

/** @returns false when it could not be kept: storage is closed to us, or full. */
export function keep(name: string, text: string): boolean {
  try {
    sessionStorage.setItem(name, text);
    return true;
  } catch {
    return false;
  }
}
