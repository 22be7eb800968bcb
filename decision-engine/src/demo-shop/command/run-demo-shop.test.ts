import { PassThrough } from 'node:stream';
import { parseSegmentMessage } from '@segue/integrations';
import { describe, expect, it } from 'vitest';
import { runDemoShopCommand } from './run-demo-shop.js';

async function run(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const text = { out: '', err: '' };
  stdout.on('data', (part: Buffer) => {
    text.out += part.toString();
  });
  stderr.on('data', (part: Buffer) => {
    text.err += part.toString();
  });
  const code = await runDemoShopCommand({
    argv,
    stdout,
    stderr,
    signal: new AbortController().signal,
    now: () => Date.UTC(2026, 4, 1),
    peakMemoryBytes: () => 1e6,
  });
  return { code, ...text };
}

describe('the command demo-shop', () => {
  it('writes Segment messages that we take ourselves, and says how many', async () => {
    const { code, out, err } = await run('--customers', '20', '--days', '60');
    const lines = out.trim().split('\n');
    const refused = lines.filter(
      (line) => !parseSegmentMessage(JSON.parse(line), { receivedAt: new Date('2026-05-01') }).ok,
    );
    expect({ code, refused }).toEqual({ code: 0, refused: [] });
    expect(err).toContain(`${lines.length} events of 20 customers`);
  });

  it('compares policies with the best possible one', async () => {
    const { code, out } = await run('--compare', '--customers', '60', '--days', '90', '--decisions', '200');
    expect(code).toBe(0);
    expect(out).toMatch(/oracle +200 +\d+\.\d\d +100\.0\n/);
    expect(out.trim().split('\n')).toHaveLength(6);
  });

  it.each([
    [['--customers', 'many'], 'Expected --customers to be a whole number >= 1, got "many"'],
    [['--live'], 'Expected --key with --live'],
    [['--order', 'size'], 'Expected --order to be time or customer, got "size"'],
    [['--speed', '0'], 'Expected --speed to be above 0, got "0"'],
    [['--end', 'soon'], 'Expected --end to be a date, got "soon"'],
  ])('refuses %j', async (argv, message) => {
    const { code, err } = await run(...argv);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
