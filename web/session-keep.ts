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

export function forget(name: string): void {
  try {
    sessionStorage.removeItem(name);
  } catch {
    // Nothing was kept, then.
  }
}

/** All that this dashboard has kept in the tab: whoever comes next may be somebody else. */
export function forgetAll(): void {
  try {
    for (const name of Object.keys(sessionStorage)) if (name.startsWith('sitepulse.')) sessionStorage.removeItem(name);
  } catch {
    // Nothing was kept, then.
  }
}
