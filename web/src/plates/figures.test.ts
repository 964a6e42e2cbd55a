// SPDX-License-Identifier: Apache-2.0
// Each figure has the denominator that is meant; nothing is divided by nothing.
import { expect, test } from 'vitest';
import { figureOf } from './figures.ts';
import type { Coverage } from './types.ts';

const row: Coverage = {
  division_code: '442000108',
  division_name: '港口镇',
  level: 'number',
  addresses: 1000,
  mapped: 900,
  coded: 1000,
  collected: 600,
  regular: 300,
  plates: 400,
  produced: 200,
  installed: 199,
};

test.each([
  ['collected', 600, 1000, 60],
  ['regular', 300, 600, 50],
  ['produced', 200, 400, 50],
  ['installed', 199, 200, 99.5],
  ['mapped', 900, 1000, 90],
  ['coded', 1000, 1000, 100],
] as const)('%s: %d of %d', (name, part, of, percent) => {
  expect(figureOf(row, name)).toEqual({ part, of, percent });
});

test('nothing is no share of nothing, and almost all is not all', () => {
  expect(figureOf({ ...row, plates: 0, produced: 0 }, 'produced').percent).toBeUndefined();
  expect(figureOf({ ...row, addresses: 100000, coded: 99999 }, 'coded').percent).toBe(99.9);
});
