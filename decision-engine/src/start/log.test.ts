import { expect, test } from 'vitest';
import { createLog } from './log.js';

function logged(error: unknown): string {
  let text = '';
  const log = createLog('info', {
    write: (line) => {
      text += line;
    },
  });
  log.error({ err: error }, 'failed');
  return text;
}

test('an error keeps its name, code, message and stack', () => {
  const line = JSON.parse(logged(Object.assign(new RangeError('too far'), { code: 7 })));
  expect(line).toMatchObject({ msg: 'failed', err: { type: 'RangeError', code: 7, message: 'too far' } });
  expect(line.err.stack).toContain('log.test.ts');
});

test('no customer is named, whatever an error says or carries', () => {
  const error = Object.assign(
    new Error(
      'E11000 duplicate key error collection: segue.identities dup key: { _id: "phone:+441632960001" }, ann@example.com',
    ),
    {
      writeErrors: [{ op: { email: 'bob@example.com' } }],
      request: { headers: { authorization: 'Bearer sk_secret' } },
    },
  );
  const text = logged(error);
  for (const secret of ['+441632960001', 'ann@', 'bob@', 'sk_secret']) expect(text).not.toContain(secret);
  expect(text).toContain('E11000');
});

test('what is thrown and no error is logged as text', () => {
  expect(JSON.parse(logged('out of paper'))).toMatchObject({
    err: { type: 'string', message: 'out of paper' },
  });
});
