// SPDX-License-Identifier: Apache-2.0
// What the keys of the settle page do.
import { expect, test } from 'vitest';
import { en } from '@/i18n/en.ts';
import { commandOf, helpKeys, type KeyPress } from './keys.ts';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  inField: false,
  ...more,
});
const row = { candidates: 3, canAccept: true };

test.each([
  ['1', { do: 'choose', candidate: 0 }],
  ['3', { do: 'choose', candidate: 2 }],
  ['a', { do: 'accept' }],
  ['A', { do: 'accept' }],
  ['u', { do: 'unknown' }],
  ['z', { do: 'undo' }],
  ['j', { do: 'next' }],
  ['ArrowDown', { do: 'next' }],
  ['ArrowRight', { do: 'next' }],
  ['k', { do: 'previous' }],
  ['ArrowUp', { do: 'previous' }],
  ['n', { do: 'next_open' }],
  ['?', { do: 'help' }],
  ['\uff1f', { do: 'help' }],
  ['\uff11', { do: 'choose', candidate: 0 }],
])('%s does %j', (key, command) => {
  expect(commandOf(press(key), row)).toEqual(command);
});

test.each(['4', '0', 'x', 'Enter', ' ', 'Tab', 'F5', 'Escape'])('%j is left to the browser', (key) => {
  expect(commandOf(press(key), row)).toBeNull();
});

test('an input method that holds the keyboard does not hinder', () => {
  expect(commandOf(press('Process', { code: 'KeyU' }), row)).toEqual({ do: 'unknown' });
  expect(commandOf(press('Process', { code: 'Digit2' }), row)).toEqual({ do: 'choose', candidate: 1 });
});

test('keys typed into a field stay in the field', () => {
  expect(commandOf(press('1', { inField: true }), row)).toBeNull();
});

test('shortcuts of browser and system stay theirs, but Ctrl+Z takes back', () => {
  expect(commandOf(press('a', { ctrlKey: true }), row)).toBeNull();
  expect(commandOf(press('k', { metaKey: true }), row)).toBeNull();
  expect(commandOf(press('ArrowLeft', { altKey: true }), row)).toBeNull();
  expect(commandOf(press('z', { ctrlKey: true }), row)).toEqual({ do: 'undo' });
});

test('without an answer nothing can be accepted, and without a row nothing decided', () => {
  expect(commandOf(press('a'), { candidates: 1, canAccept: false })).toBeNull();
  expect(commandOf(press('u'), null)).toBeNull();
  expect(commandOf(press('1'), null)).toBeNull();
  expect(commandOf(press('z'), null)).toEqual({ do: 'undo' });
});

test('the help explains every key once, in words that exist', () => {
  expect(new Set(helpKeys.map((line) => line.text)).size).toBe(helpKeys.length);
  for (const line of helpKeys) expect(en[line.text]).not.toBe('');
});
