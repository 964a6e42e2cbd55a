// SPDX-License-Identifier: Apache-2.0
// The outbox of each job, kept while the application runs: leaving the settle page, or signing in again after a session
// ended, loses no decision. Another account never sends what this one decided.
import { decideRow, findRow } from '@/api/calls.ts';
import type { CleaningRow } from '@/api/types.ts';
import { Outbox } from './outbox.ts';

interface Kept {
  outbox: Outbox;
  account: string;
  saved: (row: CleaningRow) => void;
  changed: () => void;
}

const kept = new Map<string, Kept>();

export interface OutboxListener {
  saved: (row: CleaningRow) => void;
  changed: () => void;
}

/** The outbox of a job for the account at work; `listener` is told from now on. */
export function outboxOf(job: string, account: string, listener: OutboxListener): Outbox {
  const known = kept.get(job);
  if (known && known.account === account) {
    known.saved = listener.saved;
    known.changed = listener.changed;
    return known.outbox;
  }
  known?.outbox.close();
  const fresh: Kept = {
    account,
    ...listener,
    outbox: new Outbox({
      send: (row, choice, version) => decideRow(job, row, choice.choice, choice.candidate, version),
      fetch: (row) => findRow(job, row),
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      saved: (row) => fresh.saved(row),
      changed: () => fresh.changed(),
    }),
  };
  kept.set(job, fresh);
  return fresh.outbox;
}

export function unsavedAnywhere(): boolean {
  return [...kept.values()].some(({ outbox }) => outbox.unsaved > 0);
}

window.addEventListener('beforeunload', (event) => {
  if (unsavedAnywhere()) event.preventDefault();
});
