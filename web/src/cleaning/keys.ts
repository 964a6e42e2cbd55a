// SPDX-License-Identifier: Apache-2.0
// What the keys of the settle page mean. Pure: a key and the row at work in, a command out.

export type Command =
  | { do: 'choose'; candidate: number }
  | { do: 'accept' | 'unknown' | 'undo' | 'next' | 'previous' | 'next_open' | 'help' };

export interface KeyPress {
  key: string;
  /** The physical key; tells what was meant while an input method holds the keyboard. */
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  /** The focus is in a field that takes text, or on a control that the key itself works. */
  inField: boolean;
}

/** What the row at work allows. */
export interface RowSituation {
  candidates: number;
  canAccept: boolean;
}

const letters: Record<string, Command> = {
  a: { do: 'accept' },
  u: { do: 'unknown' },
  z: { do: 'undo' },
  j: { do: 'next' },
  k: { do: 'previous' },
  n: { do: 'next_open' },
  arrowdown: { do: 'next' },
  arrowup: { do: 'previous' },
  arrowright: { do: 'next' },
  arrowleft: { do: 'previous' },
  '?': { do: 'help' },
};

/** The key that was meant: an input method reports "Process" and only the physical key tells. */
function meantKey(press: KeyPress): string {
  if (press.key !== 'Process' && press.key !== 'Unidentified') return press.key.normalize('NFKC').toLowerCase();
  const match = /^(?:Key|Digit|Numpad)(.)$/.exec(press.code);
  return match?.[1]?.toLowerCase() ?? '';
}

/** Nothing where the key means nothing here, so that the browser keeps it. */
export function commandOf(press: KeyPress, row: RowSituation | null): Command | null {
  if (press.inField || press.metaKey || press.altKey) return null;
  const key = meantKey(press);
  if (press.ctrlKey) return key === 'z' ? { do: 'undo' } : null;
  if (/^[1-9]$/.test(key)) {
    const candidate = Number(key) - 1;
    return row !== null && candidate < row.candidates ? { do: 'choose', candidate } : null;
  }
  const command = letters[key];
  if (command === undefined) return null;
  if (command.do === 'accept' && !row?.canAccept) return null;
  if (command.do === 'unknown' && row === null) return null;
  return command;
}

/** The keys and what they do, for the help. */
export const helpKeys = [
  { keys: ['1', '9'], range: true, text: 'keys.choose' },
  { keys: ['A'], range: false, text: 'keys.accept' },
  { keys: ['U'], range: false, text: 'keys.unknown' },
  { keys: ['Z'], range: false, text: 'keys.undo' },
  { keys: ['J', '↓', '→'], range: false, text: 'keys.next' },
  { keys: ['K', '↑', '←'], range: false, text: 'keys.previous' },
  { keys: ['N'], range: false, text: 'keys.next_open' },
  { keys: ['?'], range: false, text: 'keys.help' },
] as const;
