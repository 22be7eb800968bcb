import { expect, it } from 'vitest';
import { lineDiff } from './line-diff';

const told = (mine: string, theirs: string) =>
  lineDiff(mine, theirs).map((line) => (line === null ? '…' : `${line.side} ${line.text}`));

it('tells a changed line, theirs before mine, with what stands around it', () => {
  expect(told('a\nb\nmax: 2\nc\nd', 'a\nb\nmax: 3\nc\nd')).toEqual([
    'both a',
    'both b',
    'theirs max: 3',
    'mine max: 2',
    'both c',
    'both d',
  ]);
});

it('leaves out what is the same on both sides, and says where', () => {
  const same = 'one\ntwo\nthree\nfour\nfive\nsix';
  expect(told(`x\n${same}\ny`, `${same}`)).toEqual([
    'mine x',
    'both one',
    'both two',
    '…',
    'both five',
    'both six',
    'mine y',
  ]);
});

it('finds nothing in what is the same', () => {
  expect(told('a\nb', 'a\nb')).toEqual([]);
});

it('follows lines that moved by an insertion', () => {
  expect(told('new\na\nb', 'a\nb')).toEqual(['mine new', 'both a', 'both b']);
});
