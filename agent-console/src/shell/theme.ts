import { readStored, writeStored } from './stored-choice';

export type Theme = 'system' | 'light' | 'dark';

const STORED = 'segue.theme';

/** Runs before the first paint, so that the chosen theme never flashes. */
export const THEME_SCRIPT = `try{var t=localStorage.getItem('${STORED}');if(t==='light'||t==='dark')document.documentElement.dataset.theme=t}catch(e){}`;

/** The theme this browser chose; `system` where it chose none. */
export function readTheme(): Theme {
  const stored = readStored(STORED);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

/** Shows a theme at once and keeps it for this browser. */
export function chooseTheme(theme: Theme): void {
  writeStored(STORED, theme === 'system' ? null : theme);
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}
