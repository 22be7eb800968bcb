import { Writable } from 'node:stream';

/** A stream that keeps what is written to it, and tells when a text has come by. */
export function collectedText() {
  let text = '';
  const waiting: { readonly wanted: string; readonly come: () => void }[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      for (const one of waiting) if (text.includes(one.wanted)) one.come();
      done();
    },
  });
  return {
    stream,
    text: () => text,
    /** Waits until the text was written; the test's own time limit is the deadline. */
    saying: (wanted: string) =>
      text.includes(wanted)
        ? Promise.resolve()
        : new Promise<void>((come) => {
            waiting.push({ wanted, come });
          }),
  };
}
