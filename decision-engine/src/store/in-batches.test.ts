import { expect, test } from 'vitest';
import { inBatches } from './in-batches.js';

function controlled() {
  const runs: { readonly items: readonly number[]; readonly finish: () => void }[] = [];
  const ask = inBatches<number, string>({
    run: (items) =>
      new Promise((resolve, reject) => {
        runs.push({
          items,
          finish: () =>
            items.includes(0)
              ? reject(new Error('no zero'))
              : resolve(
                  items.map((item) =>
                    item < 0
                      ? { ok: false, error: new Error(`${item} is negative`) }
                      : { ok: true, value: `did ${item}` },
                  ),
                ),
        });
      }),
    mostAtOnce: 3,
  });
  return { runs, ask };
}

test('what comes while a batch is under way goes with the next, in order and not too many at once', async () => {
  const { runs, ask } = controlled();
  const first = ask(1);
  await Promise.resolve();
  const others = [2, 3, 4, 5].map(ask);
  expect(runs.map(({ items }) => items)).toEqual([[1]]);
  runs[0]?.finish();
  expect(await first).toBe('did 1');
  await expect.poll(() => runs[1]?.items).toEqual([2, 3, 4]);
  runs[1]?.finish();
  await expect.poll(() => runs[2]?.items).toEqual([5]);
  runs[2]?.finish();
  expect(await Promise.all(others)).toEqual(['did 2', 'did 3', 'did 4', 'did 5']);
});

test('an item fails alone, a batch as a whole, and the next goes on', async () => {
  const { runs, ask } = controlled();
  const results = Promise.allSettled([ask(1), ask(-2)]);
  await expect.poll(() => runs.length).toBe(1);
  runs[0]?.finish();
  expect((await results).map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  const failing = Promise.allSettled([ask(0), ask(6)]);
  await expect.poll(() => runs.length).toBe(2);
  runs[1]?.finish();
  expect((await failing).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const after = ask(7);
  await expect.poll(() => runs.length).toBe(3);
  runs[2]?.finish();
  expect(await after).toBe('did 7');
});

test('work that throws at once, or says nothing of some, fails those and not the next', async () => {
  const answers: (() => Promise<{ ok: true; value: string }[]>)[] = [
    () => {
      throw new Error('not even begun');
    },
    async () => [{ ok: true, value: 'first' }],
    async () => [{ ok: true, value: 'third' }],
  ];
  const ask = inBatches<number, string>({
    run: () => answers.shift()?.() ?? Promise.reject(new Error('Expected no more batches')),
    mostAtOnce: 2,
  });
  await expect(ask(0)).rejects.toThrow('not even begun');
  const results = await Promise.allSettled([ask(1), ask(2), ask(3)]);
  expect(results.map((each) => (each.status === 'rejected' ? each.reason.message : each.value))).toEqual([
    'first',
    'Expected 2 outcomes of a batch, got 1',
    'third',
  ]);
});
