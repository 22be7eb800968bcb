import { type Connection, type Model, Schema } from 'mongoose';
import type { ModelName } from '../scoring/champions.js';

/** A trained version with the bytes of its files, so that every engine process can have it. */
export type ModelVersionDocument = {
  /** `<name>/<version>`. */
  _id: string;
  schemaVersion: number;
  name: ModelName;
  version: string;
  files: { name: string; bytes: Buffer }[];
  at: Date;
};

/** Which version of a model is in force. */
export type ChampionDocument = {
  /** The model's name. */
  _id: ModelName;
  schemaVersion: number;
  version: string;
  before: string[];
  shadow: string | null;
  at: Date;
};

const versionSchema: Schema = new Schema(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, required: true },
    name: { type: String, required: true },
    version: { type: String, required: true },
    files: { type: Schema.Types.Mixed, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'modelVersions', versionKey: false, strict: 'throw' },
);

const championSchema: Schema = new Schema(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, required: true },
    version: { type: String, required: true },
    before: { type: [String], default: [] },
    shadow: { type: String, default: null },
    at: { type: Date, required: true },
  },
  { collection: 'modelChampions', versionKey: false, strict: 'throw' },
);

export type ModelCollections = {
  readonly versions: Model<ModelVersionDocument>;
  readonly champions: Model<ChampionDocument>;
};

/** The collections of the model registry on a connection; asked for twice, they are the same. */
export function modelCollections(connection: Connection): ModelCollections {
  return {
    versions:
      (connection.models['ModelVersion'] as Model<ModelVersionDocument> | undefined) ??
      connection.model<ModelVersionDocument>('ModelVersion', versionSchema),
    champions:
      (connection.models['ModelChampion'] as Model<ChampionDocument> | undefined) ??
      connection.model<ChampionDocument>('ModelChampion', championSchema),
  };
}
