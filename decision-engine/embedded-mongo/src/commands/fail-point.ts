import { Doc, docOf, isDoc, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { isNumeric, toNumber } from '../numeric/number.js';
import { type Client, type Command, reply } from './command.js';

/** A `failCommand` that was switched on: tests of drivers make a server fail with it. */
interface FailPoint {
  left: number;
  readonly data: Doc;
}

/** What a fail point does to a command. */
export type Failure =
  | { readonly kind: 'error'; readonly error: MongoError }
  | { readonly kind: 'close' }
  | { readonly kind: 'writeConcern'; readonly writeConcernError: Doc; readonly labels: Value[] | undefined };

export class FailPoints {
  private active: FailPoint | undefined;

  configure(command: Doc): void {
    if (command['configureFailPoint'] !== 'failCommand') {
      throw new MongoError('BadValue', `cannot find fail point ${String(command['configureFailPoint'])}`);
    }
    const { mode, data } = command;
    if (mode === 'off') this.active = undefined;
    else {
      const times =
        isDoc(mode) && isNumeric(mode['times']) ? toNumber(mode['times']) : Number.POSITIVE_INFINITY;
      this.active = { left: times, data: isDoc(data) ? data : new Doc() };
    }
  }

  /** The failure of a command, if one is due. */
  hit(name: string, client: Client): (Failure & { readonly blockMs: number }) | undefined {
    const { active } = this;
    if (!active || active.left <= 0) return undefined;
    const { failCommands, appName } = active.data;
    if (!Array.isArray(failCommands) || !failCommands.includes(name)) return undefined;
    if (appName !== undefined && appName !== client.appName) return undefined;
    active.left--;
    return failureOf(active.data);
  }
}

function failureOf(data: Doc): (Failure & { readonly blockMs: number }) | undefined {
  const {
    errorCode,
    closeConnection,
    writeConcernError,
    errorLabels,
    blockConnection,
    blockTimeMS,
    errorExtraInfo,
  } = data;
  const blockMs = blockConnection === true && isNumeric(blockTimeMS) ? toNumber(blockTimeMS) : 0;
  if (closeConnection === true) return { kind: 'close', blockMs };
  const labels = Array.isArray(errorLabels) ? errorLabels : undefined;
  if (isNumeric(errorCode)) {
    const info: Record<string, Value> = isDoc(errorExtraInfo) ? { errInfo: errorExtraInfo } : {};
    const error = new MongoError(toNumber(errorCode), "Failing command via 'failCommand' failpoint", info);
    error.labels = (labels ?? []).map(String);
    return { kind: 'error', error, blockMs };
  }
  if (isDoc(writeConcernError)) return { kind: 'writeConcern', writeConcernError, labels, blockMs };
  return blockMs > 0
    ? { kind: 'writeConcern', writeConcernError: docOf([]), labels: undefined, blockMs }
    : undefined;
}

export function configureFailPoint(points: FailPoints): Command {
  return (command) => {
    points.configure(command);
    return reply();
  };
}
