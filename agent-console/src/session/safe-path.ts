/** A path of this console to go on to after signing in; anything that could leave it becomes the inbox. */
export function safePath(wanted: string): string {
  if (!/^\/(?![/\\])/.test(wanted) || /[\\\s]/.test(wanted)) return '/';
  return wanted.startsWith('/sign-in') ? '/' : wanted;
}
