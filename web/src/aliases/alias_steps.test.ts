// SPDX-License-Identifier: Apache-2.0
// What can be done with an alias, and with which key.
import { expect, test } from 'vitest';
import type { AliasState } from '@/api/types.ts';
import { keyOfAlias, stepsOf } from './alias_steps.ts';

test.each([
  ['proposed', false, ['approved', 'refused']],
  ['proposed', true, ['refused']],
  ['refused', false, ['approved']],
  ['refused', true, []],
  ['approved', true, ['withdrawn']],
  ['withdrawn', false, []],
] as [AliasState, boolean, string[]][])('%s, own %s: %j', (state, isOwn, steps) => {
  expect(stepsOf({ state }, isOwn)).toEqual(steps);
});

const press = (key: string, more: object = {}) =>
  keyOfAlias({ key, ctrlKey: false, metaKey: false, altKey: false, target: null, ...more });

test('keys say what is asked, and nothing while somebody types', () => {
  expect(['j', 'k', 'p', 'a', 'x', 'w', 'A'].map((key) => press(key))).toEqual([
    'next',
    'previous',
    'preview',
    'approved',
    'refused',
    'withdrawn',
    'approved',
  ]);
  expect(press('q')).toBeUndefined();
  expect(press('a', { ctrlKey: true })).toBeUndefined();
  expect(press('a', { target: { tagName: 'INPUT' } })).toBeUndefined();
});
