import { expect, test } from 'vitest';
import { withDatabaseName } from './database-server.js';

test.each([
  ['mongodb://127.0.0.1:27017', 'mongodb://127.0.0.1:27017/segue'],
  ['mongodb://127.0.0.1:27017/', 'mongodb://127.0.0.1:27017/segue'],
  [
    'mongodb://127.0.0.1:27017/?directConnection=true',
    'mongodb://127.0.0.1:27017/segue?directConnection=true',
  ],
  ['mongodb://127.0.0.1:27017/other', 'mongodb://127.0.0.1:27017/other'],
  ['mongodb://a:b@127.0.0.1:1/other?x=1', 'mongodb://a:b@127.0.0.1:1/other?x=1'],
])('%s names a database', (uri, expected) => {
  expect(withDatabaseName(uri)).toBe(expected);
});
