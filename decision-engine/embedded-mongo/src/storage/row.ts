import { decodeDoc, decodeFields } from '../bson/decode.js';
import type { Doc } from '../bson/value.js';

/** A stored document: its bytes, and decoded when somebody asks. */
export class Row {
  private decoded: Doc | undefined;

  constructor(
    readonly record: number,
    readonly bytes: Buffer,
  ) {}

  /** Shared by all who ask: copy before changing it. */
  get doc(): Doc {
    this.decoded ??= decodeDoc(this.bytes);
    return this.decoded;
  }

  /** The document, or as much of it as holds the wanted fields (undefined: all of it). */
  view(wanted: ReadonlySet<string> | undefined): Doc {
    return this.decoded ?? (wanted ? decodeFields(this.bytes, wanted) : this.doc);
  }
}
