// SPDX-License-Identifier: Apache-2.0
// Differences between address texts. In the tables: [agrees], {differs}, (filled), <missing>.
import { expect, test } from 'vitest';
import { commonMask, markCandidate, markWritten, type Piece } from './diff.ts';

const brackets: Record<string, [string, string]> = {
  same: ['', ''],
  agrees: ['[', ']'],
  differs: ['{', '}'],
  filled: ['(', ')'],
  missing: ['<', '>'],
};
const drawn = (list: Piece<string>[]): string =>
  list.map(({ text, mark }) => brackets[mark]![0] + text + brackets[mark]![1]).join('');

test.each([
  ['港口兴港路12号', '中山市港口镇兴港路12号', '港口兴港路12号'],
  ['港口兴港璐12号', '中山市港口镇兴港路12号', '港口兴港<璐>12号'],
  ['兴港路12号之一(后门)', '兴港路12号', '兴港路12号<之一(后门)>'],
  ['兴港路12号', '兴港路12号', '兴港路12号'],
  ['兴港路 ABC 座', '兴港路abc座', '兴港路< >ABC< >座'],
  ['𠮷祥路1号', '吉祥路1号', '<𠮷>祥路1号'],
  ['', '兴港路', ''],
])('of %s the address %s leaves %s', (written, address, expected) => {
  expect(drawn(markWritten(written, address))).toBe(expected);
});

test('what all candidates have and the text has not is filled', () => {
  expect(drawn(markCandidate('中山市港口镇兴港路12号', '港口兴港路12号', []))).toBe('(中山市)港口(镇)兴港路12号');
});

test('what tells candidates apart agrees with the text or differs from it', () => {
  const written = '兴港路12号';
  const first = '港口镇兴港路12号';
  const second = '港口镇民主路12号';
  expect(drawn(markCandidate(first, written, [second]))).toBe('(港口镇)[兴港]路12号');
  expect(drawn(markCandidate(second, written, [first]))).toBe('(港口镇){民主}路12号');
});

test('very long texts are compared in their first part only, and nothing of them is lost', () => {
  const long = '兴港路'.repeat(1000);
  const marked = markWritten(long, long);
  expect(marked.map((piece) => piece.text).join('')).toBe(long);
  expect(commonMask(long, long).filter(Boolean)).toHaveLength(400);
});
