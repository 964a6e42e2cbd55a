// SPDX-License-Identifier: Apache-2.0
// What can be said of a new password before the server is asked.
import type { Key } from '@/i18n/index.ts';

const lengthMin = 12;

/** The first thing wrong with the three fields of the form, or nothing. Length in characters, not in bytes. */
export function passwordProblem(oldPassword: string, newPassword: string, again: string): Key | null {
  if (oldPassword === '') return 'sign_in.need_password';
  if (Array.from(newPassword).length < lengthMin) return 'password.too_short';
  if (newPassword === oldPassword) return 'password.same';
  if (newPassword !== again) return 'password.differs';
  return null;
}
