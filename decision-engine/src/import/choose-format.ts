import { readFile } from 'node:fs/promises';
import {
  CDNOW_FORMAT,
  createOrderTableFormat,
  describeMappingIssues,
  type ImportFormat,
  ONLINE_RETAIL,
  type OrderMapping,
  readOrderMapping,
  SEGMENT_NDJSON_FORMAT,
  SourceFault,
} from '@segue/integrations';
import type { ImportArguments } from './import-arguments.js';

async function readMappingFile(path: string): Promise<OrderMapping> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new SourceFault(
      `The mapping ${path} can't be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  });
  const read = readOrderMapping(parseJson(path, text));
  if (read.ok) return read.mapping;
  throw new SourceFault(`The mapping ${path} can't be used:\n${describeMappingIssues(read.issues)}`);
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new SourceFault(
      `The mapping ${path} is not JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/**
 * Makes the format that the command line asks for.
 * @throws SourceFault if the mapping can't be read or used, naming each wrong field
 */
export async function chooseFormat({ format, map, guests }: ImportArguments): Promise<ImportFormat> {
  switch (format) {
    case 'online-retail':
      return createOrderTableFormat({ id: format, mapping: ONLINE_RETAIL, keepGuests: guests });
    case 'csv':
      return createOrderTableFormat({
        id: format,
        mapping: await readMappingFile(map ?? ''),
        keepGuests: guests,
      });
    case 'cdnow':
      return CDNOW_FORMAT;
    case 'segment-ndjson':
      return SEGMENT_NDJSON_FORMAT;
  }
}
