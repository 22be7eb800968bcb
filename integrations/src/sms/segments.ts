/** The GSM 03.38 alphabet: one septet each. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Its extension table: an escape and a septet. */
const EXTENDED = new Set('\f^{}\\[~]|€');

export type SmsEncoding = 'gsm-7' | 'ucs-2';

export type SmsSize = {
  readonly encoding: SmsEncoding;
  /** Messages that are sent and paid for. */
  readonly segments: number;
  /** Units (septets or UTF-16 code units) of the whole text. */
  readonly units: number;
  /** What forced UCS-2, each once: what to replace to pay less. */
  readonly costly: readonly string[];
};

/** Units in a message sent alone, and in each part of a longer one, which loses some to the header that joins them. */
const CAPACITY = { 'gsm-7': { alone: 160, part: 153 }, 'ucs-2': { alone: 70, part: 67 } } as const;

/** Parts needed if no character (escape pair, surrogate pair) may be cut in two. */
function partsFor(sizes: readonly number[], capacity: number): number {
  let parts = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > capacity) {
      parts += 1;
      used = 0;
    }
    used += size;
  }
  return parts;
}

/** How many SMS a text takes (3GPP TS 23.038 and 23.040): one character outside the GSM alphabet makes all of it UCS-2. */
export function measureSms(text: string): SmsSize {
  const characters = [...text];
  const costly = [
    ...new Set(characters.filter((character) => !BASIC.has(character) && !EXTENDED.has(character))),
  ];
  const encoding = costly.length === 0 ? 'gsm-7' : 'ucs-2';
  const sizes = characters.map((character) => {
    if (encoding === 'ucs-2') return character.length;
    return EXTENDED.has(character) ? 2 : 1;
  });
  const units = sizes.reduce((sum, size) => sum + size, 0);
  const { alone, part } = CAPACITY[encoding];
  const segments = units === 0 ? 0 : units <= alone ? 1 : partsFor(sizes, part);
  return { encoding, segments, units, costly };
}
