import { complaintAboutNode } from './check-node.mjs';

// Nothing else may be imported before the version is checked: an old Node would stop at syntax it does not know.
const complaint = complaintAboutNode(process.versions.node);
if (complaint !== undefined) {
  process.stderr.write(`${complaint}\n`);
  process.exit(1);
}
const { testAll } = await import('./test-all.mjs');
process.exitCode = await testAll(process.argv.slice(2));
