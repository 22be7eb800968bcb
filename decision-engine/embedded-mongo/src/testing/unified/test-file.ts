import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, EJSON } from 'bson';

/** Which servers a file or a test is for. */
export interface Requirement {
  readonly minServerVersion?: string;
  readonly maxServerVersion?: string;
  readonly topologies?: readonly string[];
  readonly serverless?: string;
  readonly auth?: boolean;
}

export interface Operation {
  readonly object: string;
  readonly name: string;
  readonly arguments?: Document;
  readonly expectResult?: unknown;
  readonly expectError?: Document;
  readonly saveResultAsEntity?: string;
  readonly ignoreResultAndError?: boolean;
}

export interface CollectionData {
  readonly collectionName: string;
  readonly databaseName: string;
  readonly documents: Document[];
  readonly createOptions?: Document;
}

export interface UnifiedTest {
  readonly description: string;
  readonly skipReason?: string;
  readonly runOnRequirements?: readonly Requirement[];
  readonly operations: readonly Operation[];
  readonly expectEvents?: readonly Document[];
  readonly outcome?: readonly CollectionData[];
}

/** A file in MongoDB's unified test format. */
export interface UnifiedFile {
  readonly name: string;
  readonly description: string;
  readonly runOnRequirements?: readonly Requirement[];
  readonly createEntities?: readonly Document[];
  readonly initialData?: readonly CollectionData[];
  readonly tests: readonly UnifiedTest[];
}

export function readUnifiedFiles(folder: string): UnifiedFile[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names
    .sort()
    .map((name) => ({ name, ...EJSON.parse(readFileSync(join(folder, name), 'utf8')) }) as UnifiedFile);
}

/** Why a server of this version, standing alone, is not asked; undefined when it is. */
export function unmet(requirements: readonly Requirement[] | undefined, version: string): string | undefined {
  if (!requirements || requirements.length === 0) return undefined;
  const reasons = requirements.map((requirement) => unmetOne(requirement, version));
  return reasons.includes(undefined) ? undefined : reasons.join('; ');
}

function unmetOne(requirement: Requirement, version: string): string | undefined {
  const { minServerVersion, maxServerVersion, topologies, auth } = requirement;
  if (minServerVersion !== undefined && compareVersions(version, minServerVersion) < 0)
    return `needs a server from ${minServerVersion}`;
  if (maxServerVersion !== undefined && compareVersions(version, maxServerVersion) > 0)
    return `is for servers up to ${maxServerVersion}`;
  if (topologies && !topologies.includes('single')) return `is for ${topologies.join(', ')}`;
  return auth === true ? 'needs authentication' : undefined;
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  for (let i = 0; i < 3; i++) {
    const order = (left?.[i] ?? 0) - (right?.[i] ?? 0);
    if (order !== 0) return Math.sign(order);
  }
  return 0;
}
