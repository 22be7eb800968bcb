import type { Engine } from '../engine/engine.js';
import type { SignIn } from './sign-in.js';

/** What a started engine offers to routes. Routes are laid out before it exists and look it up at each request. */
export type Running = {
  readonly engine: Engine;
  readonly signIn: SignIn;
  /** These customers changed: score them, refresh their open pages. */
  readonly changed: (customerIds: readonly string[]) => void;
  /** A message waits to be sent. */
  readonly deliveriesWait: () => void;
};
