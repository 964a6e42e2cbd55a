// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { ChangeSet, ChangeState } from './change_calls.ts';
import { changedFields, requestOf, stepsOf } from './change_steps.ts';

const set = (state: ChangeState, made_by: string): ChangeSet => ({ state, made_by }) as ChangeSet;

test.each([
  ['draft', 'me', false, ['submitted', 'withdrawn']],
  ['draft', 'other', false, []],
  ['draft', 'other', true, ['withdrawn']],
  ['submitted', 'me', true, ['withdrawn']],
  ['submitted', 'other', true, ['approved', 'returned', 'withdrawn']],
  ['submitted', 'other', false, []],
  ['approved', 'other', true, ['applied', 'withdrawn']],
  ['applied', 'me', true, []],
  ['withdrawn', 'me', true, []],
] as [ChangeState, string, boolean, ChangeState[]][])(
  'a %s set of %s, administrator %s: %j',
  (state, made_by, isAdministrator, steps) => {
    expect(stepsOf(set(state, made_by), 'me', isAdministrator)).toEqual(steps);
  },
);

test('a request holds what the kind needs, and says what is missing', () => {
  expect(requestOf('address.renumber', { id: ' a ', name: '9号', lon: '1' })).toEqual({
    request: { id: 'a', name: '9号' },
  });
  expect(requestOf('address.renumber', { id: 'a', name: ' ' })).toEqual({ missing: 'name' });
  expect(requestOf('address.merge', { id: 'a', others: 'b，c\nd' })).toEqual({
    request: { id: 'a', others: ['b', 'c', 'd'] },
  });
  expect(requestOf('address.create', { address: '港口镇8号', lon: '113.3', lat: '22.5' })).toEqual({
    request: { address: '港口镇8号', lon: 113.3, lat: 22.5 },
  });
});

test('a version shows what it changed', () => {
  expect(changedFields({ name: 'a', status: 'in_use' }, { name: 'b', status: 'in_use', code: '1' })).toEqual([
    'code',
    'name',
  ]);
});
