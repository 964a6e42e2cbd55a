// SPDX-License-Identifier: Apache-2.0
// Figures of a job.
import { expect, test } from 'vitest';
import type { CleaningJob } from '@/api/types.ts';
import { formatBytes, secondsLeft, shareDone } from './job_figures.ts';

const job = (fields: Partial<CleaningJob>): CleaningJob =>
  ({
    state: 'running',
    file_bytes: 1000,
    bytes_done: 250,
    rows_done: 5000,
    rows_per_second: 1000,
    ...fields,
  }) as CleaningJob;

test('the share that is done follows the bytes, and is whole only at the end', () => {
  expect(shareDone(job({}))).toBe(0.25);
  expect(shareDone(job({ bytes_done: 2000 }))).toBe(1);
  expect(shareDone(job({ file_bytes: 0 }))).toBe(0);
  expect(shareDone(job({ state: 'finished', bytes_done: 0 }))).toBe(1);
});

test('the time left follows from the pace, and is not guessed without one', () => {
  expect(secondsLeft(job({}))).toBe(15);
  expect(secondsLeft(job({ rows_per_second: 0 }))).toBeNull();
  expect(secondsLeft(job({ rows_done: 20 }))).toBeNull();
  expect(secondsLeft(job({ state: 'queued' }))).toBeNull();
});

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [2048, '2.0 KB'],
  [800000, '781 KB'],
  [1100000, '1.0 MB'],
  [5e10, '47 GB'],
])('%i bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
