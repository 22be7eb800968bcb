import { expect, test } from 'vitest';
import { complaintAboutNode } from './check-node.mjs';

test.each(['20.19.0', '20.19.1', '20.20.2', '21.0.0', '22.12.0', '100.0.0'])('Node %s will do', (version) => {
  expect(complaintAboutNode(version)).toBeUndefined();
});

test.each(['20.18.9', '20.9.0', '18.20.4', '6.17.1'])('Node %s is too old, and is told so', (version) => {
  expect(complaintAboutNode(version)).toContain(`this is Node ${version}`);
});
