// SPDX-License-Identifier: Apache-2.0
// Following a job by events, and by asking where events do not come through.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from './client.ts';
import type { CleaningJob, JobState } from './types.ts';
import { watchJob, type WatchWorld } from './watch_job.ts';

class Stream extends EventTarget {
  readyState = 1;
  onerror: (() => void) | null = null;
  close(): void {
    this.readyState = 2;
  }
  send(job: CleaningJob): void {
    this.dispatchEvent(new MessageEvent('job', { data: JSON.stringify(job) }));
  }
  fail(): void {
    this.onerror?.();
  }
}

const job = (state: JobState, rows = 0): CleaningJob => ({ state, rows_done: rows }) as CleaningJob;

function setUp(answers: (CleaningJob | ApiError)[] = []) {
  const stream = new Stream();
  const world: WatchWorld = {
    openEvents: () => stream as unknown as EventSource,
    getJob: vi.fn(() => {
      const next = answers.shift() ?? job('running');
      return next instanceof ApiError ? Promise.reject(next) : Promise.resolve(next);
    }),
    pollMs: 1000,
    failuresMax: 3,
  };
  const handlers = { job: vi.fn(), mode: vi.fn(), failed: vi.fn() };
  const stop = watchJob('1', handlers, world);
  return { stream, world, handlers, stop };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('every event is told, and the stream is closed when the job is finished', () => {
  const { stream, handlers } = setUp();
  stream.send(job('running', 5));
  stream.send(job('finished', 9));
  expect(handlers.job.mock.calls.map(([j]) => (j as CleaningJob).rows_done)).toEqual([5, 9]);
  expect(stream.readyState).toBe(2);
});

test('a short break is left to the browser, which reconnects', () => {
  const { stream, handlers, world } = setUp();
  stream.fail();
  stream.fail();
  stream.send(job('running'));
  stream.fail();
  stream.fail();
  expect(world.getJob).not.toHaveBeenCalled();
  expect(handlers.mode).not.toHaveBeenCalledWith('polling');
});

test('after three failures in a row it asks instead, until the job is done', async () => {
  const { stream, handlers, world } = setUp([job('running', 1), job('finished', 2)]);
  stream.fail();
  stream.fail();
  stream.fail();
  await vi.advanceTimersByTimeAsync(5000);
  expect(handlers.mode).toHaveBeenLastCalledWith('polling');
  expect(world.getJob).toHaveBeenCalledTimes(2);
  expect(handlers.job).toHaveBeenLastCalledWith(expect.objectContaining({ state: 'finished' }));
});

test('an answer that is no event stream leads to asking at once', async () => {
  const { stream, world } = setUp();
  stream.readyState = 2;
  stream.fail();
  await vi.advanceTimersByTimeAsync(0);
  expect(world.getJob).toHaveBeenCalledOnce();
});

test('asking goes on over a network failure and ends where the job is gone', async () => {
  const { stream, handlers, world } = setUp([new ApiError(0, 'network', ''), new ApiError(404, 'not_found', '')]);
  stream.readyState = 2;
  stream.fail();
  await vi.advanceTimersByTimeAsync(10000);
  expect(world.getJob).toHaveBeenCalledTimes(2);
  expect(handlers.failed).toHaveBeenCalledTimes(2);
});

test('a watcher that was stopped tells nothing more', async () => {
  const { stream, handlers, stop } = setUp();
  stop();
  stream.send(job('running'));
  await vi.advanceTimersByTimeAsync(5000);
  expect(handlers.job).not.toHaveBeenCalled();
});
