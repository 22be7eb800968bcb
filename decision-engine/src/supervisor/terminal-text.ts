/** Draws a frame of single lines around text, so that it is not overlooked among others. */
function framed(lines: readonly string[]): string {
  const width = Math.max(...lines.map((line) => line.length));
  const rule = '─'.repeat(width + 2);
  const rows = lines.map((line) => `│ ${line.padEnd(width)} │`);
  return [`┌${rule}┐`, ...rows, `└${rule}┘`].join('\n');
}

export type FirstSecrets = { readonly email: string; readonly password: string; readonly apiKey: string };

/** The first administrator's way in and the first app's, told once. */
export function firstSignIn({ email, password, apiKey }: FirstSecrets): string {
  return framed([
    'Your first sign-in, and a key for your first app. Note both:',
    'they are not kept anywhere and not shown again.',
    '',
    `e-mail    ${email}`,
    `password  ${password}`,
    `API key   ${apiKey}`,
  ]);
}

/** What stands on the screen while the product runs. */
export type RunningProduct = {
  readonly consoleUrl: string;
  readonly apiUrl: string;
  readonly dataFolder: string;
  readonly logFolder: string;
  readonly tookMs: number;
};

export function productIsUp(product: RunningProduct): string {
  return [
    '',
    `Segue is up after ${inSeconds(product.tookMs)}.`,
    '',
    `  Console  ${product.consoleUrl}`,
    `  API      ${product.apiUrl}`,
    `  Data     ${product.dataFolder}`,
    `  Logs     ${product.logFolder}`,
    '',
    'Ctrl-C stops all of it.',
  ].join('\n');
}

export function portTaken(variable: string, port: number): string {
  return `Port ${port} is already in use. Stop what uses it, or choose another: ${variable}=${port + 1} npm start`;
}

export function portForbidden(variable: string, port: number): string {
  return `This user may not listen on port ${port}. Choose one above 1023: ${variable}=${port < 1024 ? port + 8000 : port + 1} npm start`;
}

/** A duration as people read it: `0.4 s`, `12 s`, `3 min 5 s`. */
export function inSeconds(ms: number): string {
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
  const whole = Math.round(ms / 1000);
  return whole < 120 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
