import { durationToMs } from '../../catalogue/duration.js';
import type { CompileProblem } from '../../conditions/compile-condition.js';
import { type Edge, END, edgesOf, isWaiting, type Step } from './step.js';

/** A wait that turns a loop into something that may go on: shorter ones would only fill the store. */
const SHORTEST_IN_LOOP_MS = 60_000;
export const LONGEST_WAIT_MS = 400 * 86_400_000;

type Node = { readonly step: Step; readonly index: number; readonly edges: readonly Edge[] };

function nodesOf(steps: readonly Step[]): Map<string, Node> {
  return new Map(
    steps.map((step, index) => [step.id, { step, index, edges: edgesOf(step, steps[index + 1]?.id ?? END) }]),
  );
}

function reachableFrom(first: string | undefined, nodes: ReadonlyMap<string, Node>): Set<string> {
  const seen = new Set<string>();
  const open = first === undefined ? [] : [first];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    for (const { to } of nodes.get(id)?.edges ?? []) if (nodes.has(to)) open.push(to);
  }
  return seen;
}

/** Steps that can't hold a run up for at least a minute. A wait for an event is left through it or after its timeout. */
function isQuick(step: Step): boolean {
  if (!isWaiting(step)) return true;
  if (step.type === 'waitFor') return durationToMs(step.timeout) < SHORTEST_IN_LOOP_MS;
  // Until a date that has passed is no wait at all, until a time of the day one of up to a day.
  return step.at === undefined && (step.for === undefined || durationToMs(step.for) < SHORTEST_IN_LOOP_MS);
}

/** A way round through steps that don't wait, as a list of ids; null = there is none. */
function quickLoop(nodes: ReadonlyMap<string, Node>): string[] | null {
  const done = new Set<string>();
  const walk = (id: string, way: readonly string[]): string[] | null => {
    const at = way.indexOf(id);
    if (at >= 0) return [...way.slice(at), id];
    const node = nodes.get(id);
    if (node === undefined || done.has(id) || !isQuick(node.step)) return null;
    for (const { to } of node.edges) {
      const loop = walk(to, [...way, id]);
      if (loop !== null) return loop;
    }
    done.add(id);
    return null;
  };
  for (const id of nodes.keys()) {
    const loop = walk(id, []);
    if (loop !== null) return loop;
  }
  return null;
}

function waitProblems({ step, index }: Node): CompileProblem[] {
  if (!isWaiting(step)) return [];
  const problem = (field: string, expected: string, got: string): CompileProblem => ({
    path: ['steps', index, field],
    expected,
    got,
  });
  if (step.type === 'waitFor') {
    const length = durationToMs(step.timeout);
    return length < 1_000 || length > LONGEST_WAIT_MS
      ? [problem('timeout', 'from 1s to 400d', step.timeout)]
      : [];
  }
  const problems: CompileProblem[] = [];
  if (step.for === undefined && step.until === undefined && step.at === undefined) {
    problems.push(problem('for', 'there, or "until" or "at"', 'nothing'));
  }
  if (step.for !== undefined && step.until !== undefined) {
    problems.push(problem('until', 'absent beside "for"', 'both'));
  }
  if (step.days !== undefined && step.at === undefined)
    problems.push(problem('days', 'beside "at"', 'days alone'));
  if (step.for !== undefined) {
    const length = durationToMs(step.for);
    if (length < 1_000 || length > LONGEST_WAIT_MS)
      problems.push(problem('for', 'from 1s to 400d', step.for));
  }
  return problems;
}

/** What is wrong with how the steps hang together. Paths start at the journey. */
export function checkGraph(steps: readonly Step[]): CompileProblem[] {
  const problems: CompileProblem[] = [];
  const first = new Map<string, number>();
  steps.forEach(({ id }, index) => {
    const before = first.get(id);
    if (id === END) {
      problems.push({ path: ['steps', index, 'id'], expected: 'another word than "end"', got: id });
    } else if (before !== undefined) {
      problems.push({
        path: ['steps', index, 'id'],
        expected: `unique (also at steps[${before}])`,
        got: `"${id}"`,
      });
    } else first.set(id, index);
  });
  const nodes = nodesOf(steps);
  for (const node of nodes.values()) {
    problems.push(...waitProblems(node));
    for (const { to, path } of node.edges) {
      if (to === END || nodes.has(to)) continue;
      problems.push({ path: ['steps', node.index, ...path], expected: 'a step or "end"', got: `"${to}"` });
    }
    if (node.step.type === 'cohort') {
      const share = node.step.cohorts.reduce((sum, cohort) => sum + cohort.share, 0);
      if (share > 1 + 1e-9) {
        problems.push({
          path: ['steps', node.index, 'cohorts'],
          expected: 'shares of at most 1 together',
          got: String(share),
        });
      }
    }
    if (node.step.type === 'decide' && node.step.actions.length + node.step.groups.length === 0) {
      problems.push({
        path: ['steps', node.index, 'actions'],
        expected: 'at least one action or group to choose from',
        got: 'none',
      });
    }
  }
  const reachable = reachableFrom(steps[0]?.id, nodes);
  for (const [id, { index }] of nodes) {
    if (!reachable.has(id))
      problems.push({ path: ['steps', index], expected: 'a step that some way leads to', got: `"${id}"` });
  }
  const loop = quickLoop(nodes);
  if (loop !== null) {
    problems.push({
      path: ['steps', nodes.get(loop[0] ?? '')?.index ?? 0],
      expected: 'no loop without a wait of at least a minute',
      got: loop.join(' > '),
    });
  }
  return problems;
}
