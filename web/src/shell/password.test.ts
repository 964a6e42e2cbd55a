// SPDX-License-Identifier: Apache-2.0
// What the form says of a new password.
import { expect, test } from 'vitest';
import { passwordProblem } from './password.ts';

test.each([
  ['', 'long enough!', 'long enough!', 'sign_in.need_password'],
  ['one-time-1234', 'short', 'short', 'password.too_short'],
  ['one-time-1234', 'one-time-1234', 'one-time-1234', 'password.same'],
  ['one-time-1234', 'long enough!', 'long enough?', 'password.differs'],
  ['one-time-1234', 'long enough!', 'long enough!', null],
  ['one-time-1234', '港口镇的门牌今年都要换新', '港口镇的门牌今年都要换新', null],
])('from %j to %j and %j the form says %j', (oldPassword, newPassword, again, problem) => {
  expect(passwordProblem(oldPassword, newPassword, again)).toBe(problem);
});
