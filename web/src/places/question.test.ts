// SPDX-License-Identifier: Apache-2.0
// What the form for a proposed name sends, and what it does not.
import { expect, test } from 'vitest';
import { faultOf, questionOf, sizeOf, type NameForm } from './question.ts';

const form = (more: Partial<NameForm> = {}): NameForm => ({
  name: ' 新港路 ',
  kind: 'road',
  division: '442000108',
  pinyin: '',
  length: '',
  width: '',
  area: '',
  ...more,
});

test.each([
  ['', undefined],
  [' 12.5 ', 12.5],
  ['0', 0],
  ['-1', Number.NaN],
  ['1e9', Number.NaN],
  ['十二', Number.NaN],
])('size %j', (text, expected) => {
  expect(sizeOf(text)).toEqual(expected);
});

test('only what was filled in is sent, and only what fits the kind', () => {
  expect(questionOf(form())).toEqual({ name: '新港路', kind: 'road', division: '442000108' });
  expect(questionOf(form({ length: '300', area: '5' }))).toEqual({
    name: '新港路',
    kind: 'road',
    division: '442000108',
    length_m: 300,
  });
  expect(questionOf(form({ kind: 'estate', length: '300', area: '5000', pinyin: 'Xingang Lu' }))).toEqual({
    name: '新港路',
    kind: 'estate',
    division: '442000108',
    pinyin: 'Xingang Lu',
    area_m2: 5000,
  });
});

test('what cannot be sent is named', () => {
  expect(faultOf(form())).toBeUndefined();
  expect(faultOf(form({ name: ' ' }))).toBe('name');
  expect(faultOf(form({ division: '4420' }))).toBe('division');
  expect(faultOf(form({ width: 'x' }))).toBe('size');
});
