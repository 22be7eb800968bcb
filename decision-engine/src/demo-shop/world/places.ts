/** Where customers live. `phone` names the range of fictional numbers the country has, if it has one. */
export type Place = {
  readonly timeZone: string;
  readonly locale: string;
  readonly language: string;
  readonly country: string;
  readonly phone: 'uk-drama' | 'nanp-555' | 'none';
  readonly share: number;
};

export const PLACES: readonly Place[] = [
  {
    timeZone: 'Europe/London',
    locale: 'en-GB',
    language: 'en',
    country: 'GB',
    phone: 'uk-drama',
    share: 0.46,
  },
  { timeZone: 'Europe/Dublin', locale: 'en-IE', language: 'en', country: 'IE', phone: 'none', share: 0.06 },
  { timeZone: 'Europe/Berlin', locale: 'de-DE', language: 'de', country: 'DE', phone: 'none', share: 0.1 },
  { timeZone: 'Europe/Madrid', locale: 'es-ES', language: 'es', country: 'ES', phone: 'none', share: 0.06 },
  {
    timeZone: 'America/New_York',
    locale: 'en-US',
    language: 'en',
    country: 'US',
    phone: 'nanp-555',
    share: 0.16,
  },
  {
    timeZone: 'America/Los_Angeles',
    locale: 'en-US',
    language: 'en',
    country: 'US',
    phone: 'nanp-555',
    share: 0.09,
  },
  {
    timeZone: 'Australia/Sydney',
    locale: 'en-AU',
    language: 'en',
    country: 'AU',
    phone: 'none',
    share: 0.05,
  },
  { timeZone: 'Asia/Tokyo', locale: 'ja-JP', language: 'ja', country: 'JP', phone: 'none', share: 0.02 },
];
