import { type EarlyRead, earlyKey } from './early-reads';

/** Under this name the page's script keeps the answers that are on their way. */
export const EARLY_NAME = 'segueEarly';

/** One request for what a page begins with. */
type EarlyRequest = {
  /** What its answers are kept under, in their order. */
  readonly keys: readonly string[];
  readonly url: string;
  /** JSON to be posted; absent where something is only read. */
  readonly body?: string;
};

/** What is answered quickly is asked in one request: eight of them took a slow machine 50 ms. */
export function earlyRequests(engine: string, reads: readonly EarlyRead[]): readonly EarlyRequest[] {
  const isAlone = ({ type, slow }: EarlyRead): boolean => type === 'mutation' || slow === true;
  const together = reads.filter((read) => !isAlone(read));
  const batches = [
    ...(together.length === 0 ? [] : [together]),
    ...reads.filter(isAlone).map((read) => [read]),
  ];
  return batches.map((batch) => {
    const inputs = JSON.stringify(
      Object.fromEntries(
        batch.flatMap(({ input }, index) => (input === undefined ? [] : [[String(index), input]])),
      ),
    );
    const keys = batch.map(earlyKey);
    const url = `${engine}/trpc/${batch.map(({ path }) => path).join(',')}?batch=1`;
    return batch[0]?.type === 'mutation'
      ? { keys, url, body: inputs }
      : { keys, url: `${url}&input=${encodeURIComponent(inputs)}` };
  });
}

/**
 * The script that asks the engine while the page's own scripts are still loaded, compiled and run. An answer other than a
 * good one counts as none: the page then asks for itself, and says what went wrong.
 */
export function earlyScript(requests: readonly EarlyRequest[]): string {
  return `window.${EARLY_NAME}=Object.fromEntries(${inScript(requests)}.flatMap(({keys,url,body})=>{const all=fetch(url,{credentials:'include',...(body?{method:'POST',body,headers:{'content-type':'application/json'}}:{})}).then(a=>a.ok?a.json():[]).catch(()=>[]);return keys.map((key,i)=>[key,all.then(each=>each[i]??null)])}))`;
}

/** JSON that can't end the script it stands in. */
function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
