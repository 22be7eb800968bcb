import { describe, expect, it } from 'vitest';
import { measureSms } from './segments.js';

describe('measureSms', () => {
  it.each([
    ['', 'gsm-7', 0, 0],
    ['a'.repeat(160), 'gsm-7', 160, 1],
    ['a'.repeat(161), 'gsm-7', 161, 2],
    ['a'.repeat(306), 'gsm-7', 306, 2],
    ['a'.repeat(307), 'gsm-7', 307, 3],
    ['€'.repeat(80), 'gsm-7', 160, 1],
    ['é'.repeat(160), 'gsm-7', 160, 1],
    ['ê'.repeat(70), 'ucs-2', 70, 1],
    ['ê'.repeat(71), 'ucs-2', 71, 2],
    ['😀'.repeat(35), 'ucs-2', 70, 1],
  ])('counts %s (%#)', (...[text, encoding, units, segments]) => {
    expect(measureSms(text)).toMatchObject({ encoding, units, segments });
  });

  it('cuts neither an escape pair nor an emoji in two', () => {
    // 152 + 2 would fill 153 and a half: the pair moves to the next part, and the last letter needs a third.
    expect(measureSms(`${'a'.repeat(152)}€${'a'.repeat(152)}`)).toMatchObject({ units: 306, segments: 3 });
    expect(measureSms(`${'ê'.repeat(66)}😀${'ê'.repeat(66)}`)).toMatchObject({ units: 134, segments: 3 });
  });

  it('says which characters make it costly', () => {
    expect(measureSms('Fünf “Äpfel” für 5 €').costly).toEqual(['“', '”']);
  });
});
