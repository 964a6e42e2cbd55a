// SPDX-License-Identifier: Apache-2.0
// The texts: complete, used, and with the same places for values in each language.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { formatCount, formatDuration, formatPercent, formatTime, messages, setLanguage, t, type Key } from './index.ts';

const keys = Object.keys(messages.zh) as Key[];
const places = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!).sort();

function sources(folder: string): string {
  return readdirSync(folder, { withFileTypes: true })
    .map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === 'i18n' ? '' : sources(path);
      return /\.(?:ts|vue)$/.test(entry.name) && !entry.name.endsWith('.test.ts') ? readFileSync(path, 'utf8') : '';
    })
    .join('\n');
}

beforeEach(() => setLanguage('zh'));

test('each language has every text and no other', () => {
  expect(Object.keys(messages.en).sort()).toEqual([...keys].sort());
});

test('no text is empty', () => {
  for (const key of keys)
    for (const language of ['zh', 'en'] as const) expect(messages[language][key].trim(), key).not.toBe('');
});

test('the places for values are the same in each language', () => {
  for (const key of keys) expect(places(messages.en[key]), key).toEqual(places(messages.zh[key]));
});

test('Chinese texts use Chinese punctuation', () => {
  for (const key of keys)
    expect(messages.zh[key], key).not.toMatch(/[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]/);
});

test('every text is used somewhere', () => {
  const code = sources(join(import.meta.dirname, '..')) + readFileSync(join(import.meta.dirname, 'index.ts'), 'utf8');
  const built = [...code.matchAll(/t\(`([\w.]+[._])\$\{/g)].map((match) => match[1]!);
  const unused = keys.filter((key) => !code.includes(`'${key}'`) && !built.some((start) => key.startsWith(start)));
  expect(unused).toEqual([]);
});

test('values are put into their places, and a place without a value stays visible', () => {
  expect(t('settle.progress', { done: 3, total: '1,000' })).toBe('已处理 3 / 1,000');
  expect(t('settle.row')).toBe('第 {row} 行');
});

test.each([
  [0, '0%'],
  [0.0004, '0.1%'],
  [0.5, '50%'],
  [0.971, '97%'],
  [0.998, '99.8%'],
  [0.99999, '99.9%'],
  [1, '100%'],
])('the share %d is shown as %s', (share, text) => expect(formatPercent(share)).toBe(text));

test('counts are grouped and times read as local', () => {
  expect(formatCount(1234567.8)).toBe('1,234,568');
  expect(formatTime('not a time')).toBe('not a time');
  expect(formatTime('2026-11-20T01:02:03Z')).toMatch(/^2026\/11\/\d\d \d\d:\d\d$/);
});

test.each([
  [0.2, '1 秒'],
  [45, '45 秒'],
  [600, '10 分钟'],
  [7200, '2.0 小时'],
])('%d seconds are %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});
