// SPDX-License-Identifier: Apache-2.0
// The lists of words are those of the server, in its order.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aliasStates, levels, reasons } from './types.ts';

/** The enumerators of `name` in a header of src/model. */
function enumerators(header: string, name: string): string[] {
  const text = readFileSync(join(import.meta.dirname, '../../../src/model', header), 'utf8');
  const body = new RegExp(`enum class ${name}[^{]*\\{([^}]*)\\}`).exec(text)![1]!;
  return [...body.replace(/\/\/.*$/gm, '').matchAll(/\w+/g)].map((match) => match[0]);
}

test.each([
  ['level.hpp', 'Reason', reasons],
  ['level.hpp', 'Level', levels],
  ['alias.hpp', 'AliasState', aliasStates],
] as [string, string, readonly string[]][])('%s: %s', (header, name, words) => {
  const known = enumerators(header, name);
  expect(known.length).toBeGreaterThan(3);
  expect([...words]).toEqual(name === 'Level' && !words.includes('none') ? known.slice(1) : known);
});
