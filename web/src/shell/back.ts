// SPDX-License-Identifier: Apache-2.0
// Where to go after signing in.

/** A page of this application named in an address, and nothing that leads out of it. */
export function safeBack(value: unknown): string {
  return typeof value === 'string' && /^\/(?![/\\])/.test(value) && !value.startsWith('/sign-in') ? value : '/search';
}
