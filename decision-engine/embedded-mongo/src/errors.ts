import { Doc, setKey, type Value } from './bson/value.js';

/** MongoDB's error codes that this server answers with, and their names. */
export const CODES = {
  InternalError: 1,
  BadValue: 2,
  NoSuchKey: 4,
  HostUnreachable: 6,
  UnknownError: 8,
  FailedToParse: 9,
  Unauthorized: 13,
  TypeMismatch: 14,
  Overflow: 15,
  AuthenticationFailed: 18,
  IllegalOperation: 20,
  InvalidBSON: 22,
  LockTimeout: 24,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  ConflictingUpdateOperators: 40,
  CursorNotFound: 43,
  NamespaceExists: 48,
  MaxTimeMSExpired: 50,
  DollarPrefixedFieldName: 52,
  InvalidIdField: 53,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  NotARetryableWriteCommand: 87,
  WriteConcernFailed: 64,
  UnknownReplWriteConcern: 79,
  OperationFailed: 96,
  DocumentValidationFailure: 121,
  CappedPositionLost: 136,
  CommandNotSupported: 115,
  CommandNotSupportedOnView: 166,
  OptionNotSupportedOnView: 167,
  InvalidPipelineOperator: 168,
  CannotIndexParallelArrays: 171,
  NoQueryExecutionPlans: 291,
  NoSuchSession: 206,
  ConversionFailure: 241,
  NoSuchTransaction: 251,
  IndexBuildAborted: 276,
  QueryExceededMemoryLimitNoDiskUseAllowed: 292,
  OutOfDiskSpace: 14031,
  BSONObjectTooLarge: 10334,
  DuplicateKey: 11000,
  InterruptedAtShutdown: 11600,
  Interrupted: 11601,
  MechanismUnavailable: 334,
  APIVersionError: 322,
} as const;

export type CodeName = keyof typeof CODES;

const NAMES = new Map<number, string>(Object.entries(CODES).map(([name, code]) => [code, name]));

function codeNameOf(code: number): string {
  return NAMES.get(code) ?? `Location${code}`;
}

/** A failure that is answered to the client with MongoDB's code and name. */
export class MongoError extends Error {
  readonly code: number;
  /** Further fields of the reply, such as `keyPattern`. */
  readonly info: Readonly<Record<string, Value>>;
  labels: string[] = [];

  constructor(code: CodeName | number, message: string, info: Readonly<Record<string, Value>> = {}) {
    super(message);
    this.name = 'MongoError';
    this.code = typeof code === 'number' ? code : CODES[code];
    this.info = info;
  }

  get codeName(): string {
    return codeNameOf(this.code);
  }

  /** The reply document `{ ok: 0, errmsg, code, codeName, … }`. */
  toReply(): Doc {
    const reply = new Doc();
    reply['ok'] = 0;
    reply['errmsg'] = this.message;
    reply['code'] = this.code;
    reply['codeName'] = this.codeName;
    for (const [key, value] of Object.entries(this.info)) setKey(reply, key, value);
    if (this.labels.length > 0) reply['errorLabels'] = this.labels;
    return reply;
  }
}
