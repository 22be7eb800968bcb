let opened = 0;

/** Where tests keep their data when `MONGODB_URI` names a server: a database of their own on it. Null without one. */
export function testServerUri(
  processId: number,
  // biome-ignore lint/style/noProcessEnv: a test's shell, not the product
  env: Readonly<Record<string, string | undefined>> = process.env,
): string | null {
  const given = env['MONGODB_URI'];
  if (given === undefined || given === '') return null;
  const address = new URL(given);
  address.pathname = `/segue_test_${processId}_${Date.now()}_${opened++}`;
  return address.href;
}
