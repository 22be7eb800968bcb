import { describe, expect, it } from 'vitest';
import { correctClock } from './clock-correction.js';

const receivedAt = new Date('2025-06-01T12:00:00Z');
const at = (time: string) => new Date(time);

describe('correctClock', () => {
  it('cancels a clock that is ten minutes slow', () => {
    const sent = { timestamp: at('2025-06-01T11:45:00Z'), sentAt: at('2025-06-01T11:50:00Z') };
    expect(correctClock({ ...sent, receivedAt })).toEqual(at('2025-06-01T11:55:00Z'));
  });

  it('cancels a clock that is an hour fast', () => {
    const sent = { timestamp: at('2025-06-01T12:59:00Z'), sentAt: at('2025-06-01T13:00:00Z') };
    expect(correctClock({ ...sent, receivedAt })).toEqual(at('2025-06-01T11:59:00Z'));
  });

  it('leaves a message that was stored and sent on days later at its own time', () => {
    const sent = { timestamp: at('2025-05-20T08:00:00Z'), sentAt: at('2025-05-20T08:00:01Z') };
    expect(correctClock({ ...sent, receivedAt })).toEqual(sent.timestamp);
  });

  it('never dates an event after it was received', () => {
    expect(correctClock({ timestamp: at('2031-01-01T00:00:00Z'), sentAt: undefined, receivedAt })).toEqual(
      receivedAt,
    );
  });

  it('takes the time of receipt where no time was sent', () => {
    expect(correctClock({ timestamp: undefined, sentAt: at('2025-06-01T11:59:00Z'), receivedAt })).toEqual(
      receivedAt,
    );
  });
});
