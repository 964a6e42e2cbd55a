// SPDX-License-Identifier: Apache-2.0
// The list of doubtful rows, over a server that pages forwards only.
import { expect, test } from 'vitest';
import type { CleaningRow, RowFilter, RowPage } from '@/api/types.ts';
import { RowWindow } from './row_window.ts';

const makeRow = (row: number): CleaningRow => ({
  row,
  text: `row ${row}`,
  answer: { address: '', grade: 'C' } as CleaningRow['answer'],
  decision: { choice: 'open', candidate: 0, by: '', at: '', version: 0 },
});

/** A job whose doubtful rows are `rows`. */
function source(rows: number[]) {
  const calls: string[] = [];
  return {
    calls,
    page: (_filter: RowFilter, after: number, limit: number): Promise<RowPage> => {
      calls.push(`after ${after}`);
      const rest = rows.filter((row) => row > after);
      const items = rest.slice(0, limit).map(makeRow);
      return Promise.resolve({ items, next: rest.length > limit ? items[items.length - 1]!.row : 0 });
    },
    one: (row: number): Promise<CleaningRow | undefined> => {
      calls.push(`row ${row}`);
      return Promise.resolve(rows.includes(row) ? makeRow(row) : undefined);
    },
  };
}

const every = (step: number, count: number): number[] => Array.from({ length: count }, (_, i) => (i + 1) * step);

test('it begins at the first row and grows to the last', async () => {
  const list = new RowWindow('open', source(every(3, 500)));
  await list.open(1);
  expect([list.lines.length, list.startReached, list.endReached]).toEqual([200, true, false]);
  await list.growAfter();
  await list.growAfter();
  expect([list.lines.length, list.endReached]).toEqual([500, true]);
  expect(await list.growAfter()).toBe(0);
});

test('opened in the middle it grows to both sides without a gap or a double', async () => {
  const rows = every(7, 3000);
  const list = new RowWindow('open', source(rows));
  await list.open(7 * 1500);
  expect(list.lines[0]?.row).toBe(7 * 1500);
  while (!list.startReached) await list.growBefore();
  while (!list.endReached) await list.growAfter();
  expect(list.lines.map((line) => line.row)).toEqual(rows);
});

test('rows that lie far before are found, however thin they lie', async () => {
  const list = new RowWindow('open', source([5, 6, 900000, 900001]));
  await list.open(900000);
  await list.growBefore();
  expect(list.lines.map((line) => line.row)).toEqual([5, 6, 900000, 900001]);
});

test('opened beyond the last row it shows the last ones', async () => {
  const list = new RowWindow('open', source([4, 8, 12]));
  await list.open(1000);
  expect(list.lines.map((line) => line.row)).toEqual([4, 8, 12]);
  expect(list.endReached).toBe(true);
});

test('an empty list is empty at both ends', async () => {
  const list = new RowWindow('open', source([]));
  await list.open(17);
  expect([list.lines.length, list.startReached, list.endReached]).toEqual([0, true, true]);
});

test('two calls to grow at the same time are one', async () => {
  const from = source(every(1, 500));
  const list = new RowWindow('open', from);
  await list.open(1);
  await Promise.all([list.growAfter(), list.growAfter()]);
  expect(list.lines).toHaveLength(400);
  expect(from.calls).toEqual(['after 0', 'after 200']);
});

test('of 40,000 rows all lines are kept, whole rows only of the latest, and a far one is fetched again', async () => {
  const from = source(every(2, 40000));
  const list = new RowWindow('open', from);
  await list.open(1);
  while (!list.endReached) await list.growAfter();
  expect(list.lines).toHaveLength(40000);
  expect(list.find(2)).toBeUndefined();
  expect((await list.load(2))?.text).toBe('row 2');
  expect(from.calls[from.calls.length - 1]).toBe('row 2');
  expect(list.find(2)?.row).toBe(2);
});

test('a row is found by its number, and what is not in the list is not', async () => {
  const list = new RowWindow('open', source([4, 8, 12]));
  await list.open(1);
  expect([4, 8, 12, 5, 13].map((row) => list.indexOf(row))).toEqual([0, 1, 2, -1, -1]);
});

test('a settled row stays in its place and shows its decision', async () => {
  const list = new RowWindow('open', source([4, 8, 12]));
  await list.open(1);
  list.update({ ...makeRow(8), decision: { choice: 'unknown', candidate: 0, by: 'me', at: '', version: 1 } });
  expect(list.lines.map((line) => line.decision.choice)).toEqual(['open', 'unknown', 'open']);
});
