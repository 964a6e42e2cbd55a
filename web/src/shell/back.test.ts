// SPDX-License-Identifier: Apache-2.0
// Where signing in leads back to.
import { expect, test } from 'vitest';
import { safeBack } from './back.ts';

test.each([
  ['/cleaning/1/settle?row=12', '/cleaning/1/settle?row=12'],
  ['/search?q=x', '/search?q=x'],
  ['//elsewhere.example', '/search'],
  ['/\\elsewhere.example', '/search'],
  ['https://elsewhere.example', '/search'],
  ['/sign-in?back=/map', '/search'],
  [undefined, '/search'],
  [['/map'], '/search'],
])('signing in with back %j leads to %s', (back, page) => {
  expect(safeBack(back)).toBe(page);
});
