export { createLineSplitter, type Encoding, type LineSplitter, type SourceLine } from './lines.js';
export { type ByteSource, openBytes } from './open-bytes.js';
export type { RejectedRow } from './rejected-row.js';
export { SourceFault } from './source-fault.js';
export { TextSet } from './text-set.js';
