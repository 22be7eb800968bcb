import type { OfferView } from '@segue/models';
import { type Connection, type Model, Schema } from 'mongoose';

/**
 * One outcome that a propensity model learns from. `_id` names the offer, so it counts once however often it is told; a
 * yes after a silence that was learned as a no is a second lesson under a name of its own.
 */
export type LessonDocument = {
  /** `<decisionId>:<actionId>`, with `:late` after it where it corrects a silence. */
  _id: string;
  schemaVersion: number;
  modelVersion: string;
  offer: OfferView;
  yes: boolean;
  /** Nothing was heard by the time most would have said yes. */
  silent?: true;
  /** A yes that takes the place of such a silence. */
  corrects?: true;
  at: Date;
  /** Present until the state of the model holds it. */
  pending?: true;
};

/** What a model has learned since training. One writer at a time: every write names the revision it read. */
export type LearningDocument = {
  /** The model's version. */
  _id: string;
  schemaVersion: number;
  revision: number;
  /** `ActionLearningState` as JSON: action ids may hold dots, which field names had better not. */
  state: string;
  /** Lessons that the last write added, which may still be marked pending. */
  applied: string[];
  at: Date;
};

const lessonSchema: Schema = new Schema(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, required: true },
    modelVersion: { type: String, required: true },
    offer: { type: Schema.Types.Mixed, required: true },
    yes: { type: Boolean, required: true },
    silent: { type: Boolean },
    corrects: { type: Boolean },
    at: { type: Date, required: true },
    pending: { type: Boolean },
  },
  { collection: 'lessons', versionKey: false, strict: 'throw' },
);
lessonSchema.index({ pending: 1, modelVersion: 1 }, { sparse: true });
lessonSchema.index({ at: 1 });

const learningSchema: Schema = new Schema(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, required: true },
    revision: { type: Number, required: true },
    state: { type: String, required: true },
    applied: { type: [String], default: [] },
    at: { type: Date, required: true },
  },
  { collection: 'learning', versionKey: false, strict: 'throw' },
);

export type LearningCollections = {
  readonly lessons: Model<LessonDocument>;
  readonly states: Model<LearningDocument>;
};

/** The collections of online learning on a connection; asked for twice, they are the same. */
export function learningCollections(connection: Connection): LearningCollections {
  return {
    lessons:
      (connection.models['Lesson'] as Model<LessonDocument> | undefined) ??
      connection.model<LessonDocument>('Lesson', lessonSchema),
    states:
      (connection.models['Learning'] as Model<LearningDocument> | undefined) ??
      connection.model<LearningDocument>('Learning', learningSchema),
  };
}
