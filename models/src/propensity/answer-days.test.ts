import { expect, it } from 'vitest';
import { categoricalColumn, createTable } from '../tables/table.js';
import { answerDays } from './answer-days.js';

it('is the time by which most had said yes, per channel where there are enough', () => {
  const web = Array.from({ length: 100 }, (_, i) => (i + 1) / 1000);
  const email = Array.from({ length: 40 }, (_, i) => (i + 1) / 10);
  const sms = [6, 6.5];
  const silent = Array.from({ length: 500 }, () => Number.NaN);
  const took = Float64Array.from([...web, ...email, ...sms, ...silent]);
  const channels = [
    ...web.map(() => 'web'),
    ...email.map(() => 'email'),
    ...sms.map(() => 'sms'),
    ...silent.map(() => 'email'),
  ];
  const table = createTable([categoricalColumn('channel', channels)]);
  const rows = Int32Array.from(took.keys());
  // 142 yeses in all: the 135th is the 35th of the e-mails.
  expect(answerDays(table, took, rows)).toEqual({ web: 0.095, email: 3.8, '': 3.5 });
  expect(answerDays(table, took, rows.slice(0, 10))).toEqual({});
});
