import { type HostContext, readHostMessage } from './host-context';

/** As much of a window as is needed, so that a test can play one. */
export type HostWindow = {
  readonly addEventListener: (type: 'message', listener: (event: MessageEvent) => void) => void;
  readonly removeEventListener: (type: 'message', listener: (event: MessageEvent) => void) => void;
};
export type Parent = { readonly postMessage: (message: unknown, targetOrigin: string) => void };

type Options = {
  own: HostWindow;
  parent: Parent;
  /** Exactly those who may show us. */
  origins: readonly string[];
  /** Where the page around us seems to be from; null = the browser doesn't say. */
  around: string | null;
  onContext: (context: HostContext) => void;
  later: (work: () => void, ms: number) => () => void;
};

export type Host = {
  /** Gives words to the host for its reply. */
  insert: (text: string) => void;
  stop: () => void;
};

/** Chatwoot's word for "tell me what is open". With several apps it may go unanswered, so it is asked again. */
const ASK_CHATWOOT = 'chatwoot-dashboard-app:fetch-info';
const ASK_AFTER = [0, 500, 1000, 2000, 4000, 8000] as const;

/**
 * Hears what the page around us shows, from allowed origins alone and from our own parent alone, and asks for it until
 * it was told. What is sent goes to exact origins.
 */
export function listenToHost({ own, parent, origins, around, onContext, later }: Options): Host {
  let host: string | null = null;
  let cancel: () => void = () => {};

  const listener = (event: MessageEvent): void => {
    if (event.source !== parent || !origins.includes(event.origin)) return;
    const context = readHostMessage(event.data);
    if (context === null) return;
    host = event.origin;
    cancel();
    onContext(context);
  };
  const ask = (times: number): void => {
    const targets = around !== null && origins.includes(around) ? [around] : origins;
    for (const origin of targets) {
      parent.postMessage(ASK_CHATWOOT, origin);
      parent.postMessage({ type: 'segue:ready', version: 1 }, origin);
    }
    const wait = ASK_AFTER[times + 1];
    if (wait !== undefined) cancel = later(() => ask(times + 1), wait);
  };

  own.addEventListener('message', listener);
  ask(0);
  return {
    insert: (text) => {
      if (host !== null) parent.postMessage({ type: 'segue:insert', version: 1, text }, host);
    },
    stop: () => {
      cancel();
      own.removeEventListener('message', listener);
    },
  };
}
