// SPDX-License-Identifier: Apache-2.0
// Follows a cleaning job while it runs: by server-sent events, and by asking where those do not come through.
import { eventsUrl, getJob } from './calls.ts';
import { ApiError, asApiError } from './client.ts';
import type { CleaningJob, JobState } from './types.ts';

export type WatchMode = 'events' | 'polling';

/** What the watcher needs of the world; tests give their own. */
export interface WatchWorld {
  openEvents: (url: string) => EventSource;
  getJob: (id: string) => Promise<CleaningJob>;
  pollMs: number;
  /** Failures in a row of the event stream after which asking begins. */
  failuresMax: number;
}

const browserWorld: WatchWorld = {
  openEvents: (url) => new EventSource(url),
  getJob: (id) => getJob(id),
  pollMs: 2000,
  failuresMax: 3,
};

export interface WatchHandlers {
  job: (job: CleaningJob) => void;
  mode?: (mode: WatchMode) => void;
  failed?: (error: ApiError) => void;
}

export function isSettled(state: JobState): boolean {
  return state === 'finished' || state === 'failed';
}

/** Tells `handlers.job` every change until the job is finished or failed. Returns the function that stops it. */
export function watchJob(id: string, handlers: WatchHandlers, world: WatchWorld = browserWorld): () => void {
  let stopped = false;
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  const stop = (): void => {
    stopped = true;
    source?.close();
    if (timer !== undefined) clearTimeout(timer);
  };

  const take = (job: CleaningJob): void => {
    if (stopped) return;
    if (isSettled(job.state)) stop();
    handlers.job(job);
  };

  const poll = async (): Promise<void> => {
    if (stopped) return;
    try {
      take(await world.getJob(id));
    } catch (cause) {
      const error = asApiError(cause);
      handlers.failed?.(error);
      if (error.status === 401 || error.status === 404) stop();
    }
    if (!stopped) timer = setTimeout(() => void poll(), world.pollMs);
  };

  const listen = (): void => {
    source = world.openEvents(eventsUrl(id));
    source.addEventListener('job', (event) => {
      failures = 0;
      take(JSON.parse((event as MessageEvent<string>).data) as CleaningJob);
    });
    source.onerror = () => {
      failures += 1;
      // The browser reconnects by itself unless the answer was not an event stream at all.
      if (source?.readyState !== 2 && failures < world.failuresMax) return;
      source?.close();
      handlers.mode?.('polling');
      void poll();
    };
    handlers.mode?.('events');
  };

  listen();
  return stop;
}
