/**
 * The address with the parameters by which shop analytics tell where a visit came from. Addresses that have any such
 * parameter keep theirs.
 */
export function withUtm(
  address: string,
  { campaign, content }: { readonly campaign: string; readonly content: string },
): string {
  const url = new URL(address);
  if ([...url.searchParams.keys()].some((name) => name.startsWith('utm_'))) return address;
  url.searchParams.set('utm_source', 'segue');
  url.searchParams.set('utm_medium', 'email');
  url.searchParams.set('utm_campaign', campaign);
  url.searchParams.set('utm_content', content);
  return url.href;
}
