export type { FileReader, FileScan, ImportFormat, ImportSink } from './import-format.js';
