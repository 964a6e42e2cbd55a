// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { numbersOf, planOf, type PlanForm } from './plan_form.ts';

const form: PlanForm = {
  units: 2,
  floors: 33,
  rooms: 4,
  basements: 0,
  skippedFloors: '4、13, 14',
  skippedRooms: '',
  naming: 'floor_room',
  more: '',
};

test('numbers are read whatever parts them', () => {
  expect(numbersOf('4、13, 14')).toEqual([4, 13, 14]);
  expect(numbersOf('')).toEqual([]);
});

test('a plan holds only what was given', () => {
  expect(planOf(form)).toEqual({
    units: 2,
    floors: 33,
    rooms_a_floor: 4,
    naming: 'floor_room',
    skipped_floors: [4, 13, 14],
  });
});

test('what the form has no field for comes as JSON', () => {
  expect(planOf({ ...form, more: '{"mezzanines":[{"above":1,"rooms":2}]}' }).mezzanines).toEqual([
    { above: 1, rooms: 2 },
  ]);
  expect(() => planOf({ ...form, more: '[1]' })).toThrow(SyntaxError);
  expect(() => planOf({ ...form, more: '{' })).toThrow(SyntaxError);
});
