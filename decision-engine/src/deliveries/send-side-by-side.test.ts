import { type Channel, SMS_DEFINITION } from '@segue/integrations';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { decideFor } from '../engine/decide-for.js';
import type { Engine } from '../engine/engine.js';
import { actionOf } from '../testing/decision-fixtures.js';
import { startTestEngine, type TestEngine } from '../testing/test-engine.js';
import { requestMessage } from './request-delivery.js';
import { sendDue } from './send-due.js';
import { createSendingPace } from './sending-pace.js';

const treatments = [
  { treatmentId: 'agent', channel: 'agent', title: 'Say it' },
  { treatmentId: 'text', channel: 'sms', title: 'Text it', body: 'Words' },
];

describe('many messages at once', () => {
  let running: TestEngine;
  let underWay: string[] = [];
  let most = 0;
  let sent: string[] = [];
  const sms: Channel = {
    definition: SMS_DEFINITION,
    send: async ({ to, deliveryId }) => {
      underWay.push(to);
      most = Math.max(most, underWay.length);
      expect(new Set(underWay).size).toBe(underWay.length);
      await new Promise<void>((resolve) => setImmediate(resolve));
      underWay = underWay.filter((other) => other !== to);
      sent.push(to);
      return { status: 'sent', providerMessageId: `SM ${deliveryId}` };
    },
    close: () => Promise.resolve(),
  };
  beforeAll(async () => {
    const actions = ['a', 'b'].map((actionId) => actionOf(actionId, { treatments }));
    running = await startTestEngine({ actions }, { channels: [sms] });
  }, 30_000);
  afterAll(() => running.close());
  beforeEach(() => {
    [underWay, sent, most] = [[], [], 0];
  });

  let people = 0;
  /** People with two messages each in the outbox. */
  async function queue(count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      people += 1;
      const userId = `p-${people}`;
      const phone = `+4477009${String(people).padStart(5, '0')}`;
      await running.customer(userId, { phone, consent: { sms: true } });
      const request = { customer: { userId }, channel: 'agent', slots: 2, context: {} };
      const decided = await decideFor(running.engine, request, 'test');
      for (const { actionId } of decided?.actions ?? []) {
        const decisionId = decided?.decisionId ?? '';
        await requestMessage(running.engine, { decisionId, actionId, channel: 'sms' });
      }
    }
  }
  const paced = (atOnce: number): Engine => ({
    ...running.engine,
    pace: createSendingPace(new Map([['sms', { atOnce, perSecond: null }]])),
  });

  test('leave side by side, never more than the channel takes, one of each customer at a time', async () => {
    await queue(6);
    expect(await sendDue(paced(3))).toBe(12);
    expect(sent).toHaveLength(12);
    expect(new Set(sent).size).toBe(6);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(3);
  });

  test('two engines at once send each of them once', async () => {
    await queue(5);
    const tried = await Promise.all([
      sendDue(paced(4)),
      sendDue({ ...running.another(), pace: paced(4).pace }),
    ]);
    expect(sent).toHaveLength(10);
    expect(tried[0] + tried[1]).toBe(10);
  });

  test('a fault of one is told once the others have ended, and takes no room with it', async () => {
    await queue(2);
    const engine = paced(4);
    let told = 0;
    const deliveryChanged = (): void => {
      told += 1;
      if (told === 1) throw new Error('the line to the consoles is broken');
    };
    const broken = { ...engine, live: { ...engine.live, deliveryChanged } };
    await expect(sendDue(broken)).rejects.toThrow('the line to the consoles');
    expect(underWay).toEqual([]);
    await sendDue(engine);
    expect(sent).toHaveLength(4);
    expect([1, 2, 3, 4].map(() => engine.pace.begin('sms'))).toEqual([true, true, true, true]);
  });
});
