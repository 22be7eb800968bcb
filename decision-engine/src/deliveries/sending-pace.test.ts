import { expect, test } from 'vitest';
import { sendingLimits, USUAL_LIMIT } from './sending-limits.js';
import { createSendingPace } from './sending-pace.js';

/** A pace whose time is moved by hand; waiting moves it. */
function paceOf(setting: string) {
  let time = 0;
  const waits: number[] = [];
  const pace = createSendingPace(sendingLimits.parse(setting), {
    now: () => time,
    wait: async (milliseconds) => {
      waits.push(milliseconds);
      time += milliseconds;
    },
  });
  const begun = (channel: string) => {
    let count = 0;
    while (pace.begin(channel)) count += 1;
    return count;
  };
  return { pace, waits, begun, pass: (milliseconds: number) => (time += milliseconds) };
}

test('no more at once than the channel takes; what ends makes room', () => {
  const { pace, begun } = paceOf('sms=3');
  expect(begun('sms')).toBe(3);
  pace.end('sms');
  expect([pace.hasRoom('sms'), begun('sms')]).toEqual([true, 1]);
  expect(begun('email')).toBe(USUAL_LIMIT.atOnce);
});

test('no more a second than its rate, whatever ends', async () => {
  const { pace, begun, waits, pass } = paceOf('sms=100@10');
  expect(begun('sms')).toBe(10);
  for (let ended = 0; ended < 10; ended += 1) pace.end('sms');
  expect(pace.begin('sms')).toBe(false);
  await pace.nextTurn();
  expect(waits).toEqual([100]);
  expect(begun('sms')).toBe(1);
  // A long pause saves up one second's worth, not more.
  pass(60_000);
  pace.end('sms');
  expect(begun('sms')).toBe(10);
});

test('a message that somebody else has costs nothing', () => {
  const { pace, begun } = paceOf('sms=5@1');
  expect(pace.begin('sms')).toBe(true);
  pace.giveBack('sms');
  expect(begun('sms')).toBe(1);
});

test('a rate below one a second lets one leave and then waits', async () => {
  const { pace, begun, waits } = paceOf('sms=5@0.5');
  expect(begun('sms')).toBe(1);
  pace.end('sms');
  await pace.nextTurn();
  expect(waits).toEqual([2000]);
  expect(begun('sms')).toBe(1);
});

test('channels that only their number at once holds back are not waited for', async () => {
  const { pace, begun, waits } = paceOf('sms=1@10');
  begun('sms');
  await pace.nextTurn();
  expect(waits).toEqual([]);
});

test.each(['', 'email', 'email=0', 'email=3@0', 'email=3@-1', 'E=3', 'email=3 sms=4'])(
  'refuses "%s"',
  (text) => {
    expect(sendingLimits.safeParse(text).success).toBe(false);
  },
);

test('reads several channels', () => {
  expect([...sendingLimits.parse('email=16@50, sms=4')]).toEqual([
    ['email', { atOnce: 16, perSecond: 50 }],
    ['sms', { atOnce: 4, perSecond: null }],
  ]);
});
