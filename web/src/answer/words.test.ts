// SPDX-License-Identifier: Apache-2.0
// Answers in words.
import { beforeEach, expect, test } from 'vitest';
import { setLanguage } from '@/i18n/index.ts';
import { reasons, type Answer, type ElementReason } from '@/api/types.ts';
import { elementRows, reasonWords, reasonsSummary } from './words.ts';

beforeEach(() => setLanguage('zh'));

const list = (text: string): ElementReason[] =>
  text.split(';').map((pair) => {
    const [level, reason] = pair.split(':');
    return { level, reason } as ElementReason;
  });

test('each reason has its own words in each language', () => {
  for (const language of ['zh', 'en'] as const) {
    setLanguage(language);
    expect(new Set(reasons.map(reasonWords)).size).toBe(reasons.length);
  }
});

test.each([
  ['city:matched;town:matched', '与库一致'],
  ['province:filled_in;city:filled_in;town:matched', '省、市：原文没写，已补全'],
  [
    'province:filled_in;place:corrected;number:ambiguous',
    '门牌号：有多个可能；路街小区：有笔误，已纠正；省：原文没写，已补全',
  ],
])('%s is summed up as %s', (given, words) => {
  expect(reasonsSummary(list(given))).toBe(words);
});

test('no reasons are summed up as nothing', () => expect(reasonsSummary([])).toBe(''));

test('the summary in English uses English signs', () => {
  setLanguage('en');
  expect(reasonsSummary(list('province:filled_in;city:filled_in;place:alias'))).toBe(
    'Road, estate: Written as an alias; Province, City: Not written, filled in',
  );
});

test('elements come outermost first, with a row for a text without reason and for a reason without text', () => {
  const answer: Pick<Answer, 'parts' | 'reasons'> = {
    parts: { number: '8号', town: '港口镇', place: '兴港路' },
    reasons: list('number:conflicting;number:unverified;town:matched;room:not_found'),
  };
  expect(elementRows(answer)).toEqual([
    { level: 'town', text: '港口镇', reasons: ['matched'] },
    { level: 'place', text: '兴港路', reasons: [] },
    { level: 'number', text: '8号', reasons: ['conflicting', 'unverified'] },
    { level: 'room', text: '', reasons: ['not_found'] },
  ]);
});
