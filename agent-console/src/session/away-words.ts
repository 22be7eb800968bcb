import { type EngineFailure, failureText } from '../engine/engine-failure';

/** What to say while nobody can be signed in: the engine is away, or answers that it isn't ready. */
export function awayWords(failure: EngineFailure, address: string): { title: string; text: string } {
  if (failure.kind === 'unreachable') {
    return { title: 'Segue does not answer', text: `Nothing came back from ${address}.` };
  }
  // The engine's own words end with or without a full stop; a sentence of ours follows them.
  return { title: 'Segue is not ready', text: failureText(failure).replace(/\.?$/, '.') };
}
