import { MongoError } from '../../errors.js';
import type { StatisticsStage } from '../flow.js';
import { bucketAutoStage, bucketStage, facetStage, sortByCountStage } from './buckets.js';
import { docOperand, type StageCompiler } from './compiler.js';
import { groupStage } from './group.js';
import { graphLookupStage, lookupStage, unionStage } from './lookup.js';
import { simpleStages } from './simple.js';
import { sortStage } from './sort.js';
import { unwindStage } from './unwind.js';
import { mingoStage } from './windows.js';

const statistics =
  (name: StatisticsStage): StageCompiler =>
  (operand, context) =>
  () =>
    context.statistics(name, docOperand(operand, name));

const notHere =
  (code: number, message: string): StageCompiler =>
  () => {
    throw new MongoError(code, message);
  };

let table: Map<string, StageCompiler> | undefined;

function all(): Map<string, StageCompiler> {
  const simple = Object.entries(simpleStages);
  const own: Readonly<Record<string, StageCompiler>> = {
    $set: (operand, context) => stageCompilers.get('$addFields')?.(operand, context) ?? ((flow) => flow),
    $group: groupStage,
    $sort: sortStage,
    $unwind: unwindStage,
    $lookup: lookupStage,
    $graphLookup: graphLookupStage,
    $unionWith: unionStage,
    $bucket: bucketStage,
    $bucketAuto: bucketAutoStage,
    $sortByCount: sortByCountStage,
    $facet: facetStage,
    $collStats: statistics('$collStats'),
    $indexStats: statistics('$indexStats'),
    $listLocalSessions: statistics('$listLocalSessions'),
    $currentOp: statistics('$currentOp'),
    $setWindowFields: mingoStage('$setWindowFields'),
    $densify: mingoStage('$densify'),
    $fill: mingoStage('$fill'),
    $changeStream: notHere(40573, 'The $changeStream stage is only supported on replica sets'),
    $geoNear: notHere(40603, '$geoNear was not the first stage in the pipeline after optimization.'),
    $search: notHere(
      31082,
      'Using $search and $vectorSearch aggregation stages requires additional configuration',
    ),
    $vectorSearch: notHere(
      31082,
      'Using $search and $vectorSearch aggregation stages requires additional configuration',
    ),
    $out: notHere(40601, '$out can only be the final stage in the pipeline'),
    $merge: notHere(40601, '$merge can only be the final stage in the pipeline'),
  };
  return new Map([...simple, ...Object.entries(own)]);
}

/** Every stage by its name; filled on first use, since stages hold pipelines. */
export const stageCompilers = {
  get(name: string): StageCompiler | undefined {
    table ??= all();
    return table.get(name);
  },
};
