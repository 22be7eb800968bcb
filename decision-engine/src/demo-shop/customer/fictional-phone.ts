import type { Place } from '../world/places.js';

/** Ofcom's numbers for drama: 1,000 lines each, mobiles first. */
const UK_DRAMA = [
  '7700900',
  '1632960',
  '2079460',
  '1134960',
  '1144960',
  '1154960',
  '1164960',
  '1174960',
  '1184960',
  '1214960',
  '1314960',
  '1414960',
  '1514960',
  '1614960',
];
/** Area codes whose 555-0100 to 555-0199 are kept for fiction. */
const NANP_AREAS = (
  '201 202 203 205 206 207 208 209 210 212 213 214 215 216 217 218 219 224 225 228 229 231 234 239 240 248 251 252 253 ' +
  '254 256 260 262 267 269 270 276 281 301 302 303 304 305 307 308 309 310 312 313 314 315 316 317 318 319 320 321 323'
).split(' ');

/** A number that rings nowhere, one per customer; undefined when the country's fictional numbers have run out. */
export function fictionalPhone(range: Place['phone'], index: number): string | undefined {
  switch (range) {
    case 'uk-drama': {
      const prefix = UK_DRAMA[Math.floor(index / 1000)];
      return prefix === undefined ? undefined : `+44${prefix}${String(index % 1000).padStart(3, '0')}`;
    }
    case 'nanp-555': {
      const area = NANP_AREAS[Math.floor(index / 100)];
      return area === undefined ? undefined : `+1${area}55501${String(index % 100).padStart(2, '0')}`;
    }
    case 'none':
      return undefined;
  }
}
