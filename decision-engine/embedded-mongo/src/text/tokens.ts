import { stemmer } from '@orama/stemmers/english';

/** The languages whose words this server knows how to cut: `none` keeps them as they are. */
export const LANGUAGES = new Set(['english', 'en', 'none']);

/** Common English words that are not searched for, as in the Snowball project's list. */
const STOP_WORDS = new Set(
  `i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers herself it
  its itself they them their theirs themselves what which who whom this that these those am is are was were be been
  being have has had having do does did doing would should could ought i'm you're he's she's it's we're they're i've
  you've we've they've i'd you'd he'd she'd we'd they'd i'll you'll he'll she'll we'll they'll isn't aren't wasn't
  weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't shan't shouldn't can't cannot couldn't mustn't
  let's that's who's what's here's there's when's where's why's how's a an the and but if or because as until while of
  at by for with about against between into through during before after above below to from up down in out on off over
  under again further then once here there when where why how all any both each few more most other some such no nor
  not only own same so than too very`.split(/\s+/),
);

const BETWEEN_ENGLISH =
  /[\p{White_Space}\p{Dash}\p{Quotation_Mark}\p{Terminal_Punctuation}\p{Pattern_Syntax}]+/u;

export interface WordRules {
  readonly language: string;
  readonly caseSensitive: boolean;
  readonly diacriticSensitive: boolean;
}

/** The words of a text in the form in which they are compared. */
export function wordsOf(text: string, rules: WordRules): string[] {
  const english = rules.language !== 'none';
  const words: string[] = [];
  // An apostrophe belongs to an English word.
  const prepared = english ? text.replaceAll("'", '\u02bc') : text;
  for (const piece of prepared.split(BETWEEN_ENGLISH)) {
    if (piece === '') continue;
    const lower = piece.replaceAll('\u02bc', "'").toLowerCase();
    if (english && STOP_WORDS.has(lower)) continue;
    const cased = rules.caseSensitive ? piece.replaceAll('\u02bc', "'") : lower;
    const plain = rules.diacriticSensitive ? cased : withoutMarks(cased);
    words.push(english ? stemmer(plain) : plain);
  }
  return words;
}

/** The text without accents: é is e. */
export function withoutMarks(text: string): string {
  return text.normalize('NFD').replace(/\p{Diacritic}/gu, '');
}
