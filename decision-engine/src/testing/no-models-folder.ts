import { tmpdir } from 'node:os';
import path from 'node:path';

/** A models folder that is not there: no model was trained. */
export const NO_MODELS_FOLDER = path.join(tmpdir(), 'segue-no-models');
