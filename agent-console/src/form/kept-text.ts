const PREFIX = 'segue.kept ';
const OWNER = 'segue.kept-by';

/** What was kept in this tab under a name; null where nothing was, or storage is off. */
export function readKept(name: string): string | null {
  try {
    return sessionStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

/** Keeps a text in this tab; null forgets it. */
export function writeKept(name: string, text: string | null): void {
  try {
    if (text === null) sessionStorage.removeItem(PREFIX + name);
    else sessionStorage.setItem(PREFIX + name, text);
  } catch {
    // Storage is off or full: it stays as long as the page.
  }
}

/** Forgets everything that is kept in this tab: it belongs to who signs out. */
export function forgetAllKept(): void {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  } catch {
    // Storage is off: nothing was kept.
  }
}

/** From here on this tab keeps for this person. What it kept for anybody else is forgotten before they can see it. */
export function keepFor(agentId: string): void {
  try {
    if (sessionStorage.getItem(OWNER) === agentId) return;
    forgetAllKept();
    sessionStorage.setItem(OWNER, agentId);
  } catch {
    // Storage is off: nothing was kept.
  }
}
