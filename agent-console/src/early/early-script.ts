import { type EarlyRead, earlyKey } from './early-reads';

/** Under this name the page's script keeps the answers that are on their way. */
export const EARLY_NAME = 'segueEarly';

/**
 * The script that asks the engine while the page's own scripts are still loaded, compiled and run. An answer other than a
 * good one counts as none: the page then asks for itself, and says what went wrong.
 */
export function earlyScript(engine: string, reads: readonly EarlyRead[]): string {
  const calls = Object.fromEntries(
    reads.map((read) => {
      const url = `${engine}/trpc/${read.path}`;
      if (read.type === 'mutation') return [earlyKey(read), [url, JSON.stringify(read.input)]];
      const query =
        read.input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(read.input))}`;
      return [earlyKey(read), [url + query]];
    }),
  );
  return `window.${EARLY_NAME}=Object.fromEntries(Object.entries(${inScript(calls)}).map(([key,[url,body]])=>[key,fetch(url,{credentials:'include',...(body?{method:'POST',body,headers:{'content-type':'application/json'}}:{})}).then(a=>a.ok?a.json():null).catch(()=>null)]))`;
}

/** JSON that can't end the script it stands in. */
function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
