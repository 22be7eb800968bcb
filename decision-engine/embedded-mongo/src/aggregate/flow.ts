import type { Doc, Maybe } from '../bson/value.js';
import type { CompareText } from '../order/compare.js';
import type { Scope } from './expression.js';

/** Handed through a pipeline now and then so that other connections get their turn. */
export const PAUSE = Symbol('pause');
export type Pause = typeof PAUSE;

/** Documents that come one by one. */
export type Flow = Iterable<Doc | Pause>;
export type Stage = (input: Flow) => Flow;

/** The stages whose documents come from the server and not from a collection. */
export type StatisticsStage = '$collStats' | '$indexStats' | '$listLocalSessions' | '$currentOp';

/** What stages may use besides their input. */
export interface PipelineContext {
  /** The database of the command. */
  readonly db: string;
  readonly ns: string;
  readonly now: Date;
  readonly text: CompareText;
  readonly collation: Doc | undefined;
  readonly variables: ReadonlyMap<string, Maybe>;
  readonly allowDiskUse: boolean;
  /** The documents of a namespace (collection or view) that fulfil a filter. */
  source(ns: string, filter: Doc | undefined, context: PipelineContext): Flow;
  /** Statistics that `$collStats` and `$indexStats` show. */
  statistics(name: StatisticsStage, operand: Doc): Doc[];
}

export function scopeOf(doc: Doc, context: PipelineContext): Scope & { readonly root: Doc } {
  return { root: doc, current: doc, variables: context.variables, now: context.now, text: context.text };
}

/** A stage that makes one document of each. */
export function mapping(change: (doc: Doc) => Doc): Stage {
  return function* (input) {
    for (const item of input) yield item === PAUSE ? PAUSE : change(item);
  };
}

export function filtering(test: (doc: Doc) => boolean): Stage {
  return function* (input) {
    for (const item of input) if (item === PAUSE || test(item)) yield item;
  };
}

/** A stage that needs all documents before it can answer. */
export function gathering(finish: (docs: Doc[]) => Iterable<Doc | Pause>): Stage {
  return function* (input) {
    const docs: Doc[] = [];
    for (const item of input) {
      if (item === PAUSE) yield PAUSE;
      else docs.push(item);
    }
    yield* finish(docs);
  };
}
