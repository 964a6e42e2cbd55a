// SPDX-License-Identifier: Apache-2.0
// The work on a job's doubtful rows, apart from how it looks: which row, which decisions, what can be taken back.
import { computed, ref, shallowRef } from 'vue';
import { findRow, getJob, listRows } from '@/api/calls.ts';
import { asApiError, type ApiError } from '@/api/client.ts';
import type { CleaningJob, CleaningRow, RowFilter } from '@/api/types.ts';
import type { Choice, Pending } from './outbox.ts';
import { outboxOf } from './outboxes.ts';
import { RowWindow, type RowLine } from './row_window.ts';

interface Undo {
  row: number;
  before: Choice;
}

const undoMax = 500;
/** Rows kept loaded ahead of the one at work, so that the next is there at once. */
const aheadMin = 60;
const jobPauseMs = 2000;

export function useSettle(jobId: string, account: string, moved: (row: number, filter: RowFilter) => void) {
  const job = shallowRef<CleaningJob | null>(null);
  const lines = shallowRef<RowLine[]>([]);
  const pending = shallowRef<Map<number, Pending>>(new Map());
  const at = ref(0);
  const row = shallowRef<CleaningRow | null>(null);
  const error = shallowRef<ApiError | null>(null);
  const loading = ref(false);
  const growing = ref(0);
  const worked = ref(false);
  const endReached = ref(false);
  const undoStack = shallowRef<Undo[]>([]);
  let list = newWindow('open');
  let jobTimer: ReturnType<typeof setTimeout> | undefined;

  const outbox = outboxOf(jobId, account, {
    changed: () => (pending.value = new Map(outbox.list().map((item) => [item.row, item]))),
    saved: (saved) => {
      count(saved);
      list.update(saved);
      if (row.value?.row === saved.row) row.value = saved;
      if (error.value?.transient) reachedAgain();
      sync();
    },
  });

  const index = computed(() => (lines.value.length > 0 ? list.indexOf(at.value) : -1));
  const conflict = computed(() => [...pending.value.values()].find((item) => item.state === 'conflict') ?? null);
  const failed = computed(() => [...pending.value.values()].find((item) => item.error !== null) ?? null);
  const decision = computed<Choice>(
    () => pending.value.get(at.value) ?? row.value?.decision ?? { choice: 'open', candidate: 0 },
  );

  function newWindow(filter: RowFilter): RowWindow {
    return new RowWindow(filter, {
      page: (f, after, limit) => listRows(jobId, f, after, limit),
      one: (number) => findRow(jobId, number),
    });
  }

  function sync(): void {
    lines.value = list.lines;
    endReached.value = list.endReached;
  }

  /** Keeps the job's figures right without asking for them after every decision. */
  function count(saved: CleaningRow): void {
    const known = list.lines[list.indexOf(saved.row)];
    if (!job.value || !known) return;
    const before = known.decision.choice !== 'open';
    const after = saved.decision.choice !== 'open';
    if (before === after) return;
    const step = after ? 1 : -1;
    const waited = saved.answer.grade === 'C' || saved.answer.grade === 'none';
    job.value = { ...job.value, decided: job.value.decided + step, held: job.value.held - (waited ? step : 0) };
    scheduleJob();
  }

  /** Asks for the true figures once the work pauses: others may be settling rows of the same job. */
  function scheduleJob(): void {
    clearTimeout(jobTimer);
    jobTimer = setTimeout(async () => {
      try {
        const fresh = await getJob(jobId);
        if (outbox.unsaved === 0) job.value = fresh;
      } catch {
        // The figures so far stay; the next decision asks again.
      }
    }, jobPauseMs);
  }

  /** The server answers again: what failed to reach it is forgotten, and the row at work is asked for if it is missing. */
  function reachedAgain(): void {
    error.value = null;
    if (at.value > 0 && row.value?.row !== at.value) void goTo(at.value);
  }

  function choiceOf(line: RowLine): Choice {
    return pending.value.get(line.row) ?? line.decision;
  }

  async function open(filter: RowFilter, startRow: number): Promise<void> {
    loading.value = true;
    error.value = null;
    const fresh = newWindow(filter);
    try {
      if (!job.value) job.value = await getJob(jobId);
      await fresh.open(startRow);
      list = fresh;
      sync();
      const first = list.lines.find((line) => line.row >= startRow) ?? list.lines[list.lines.length - 1];
      row.value = null;
      at.value = 0;
      if (first) await goTo(first.row);
      else moved(0, filter);
    } catch (cause) {
      error.value = asApiError(cause);
    } finally {
      loading.value = false;
    }
  }

  async function goTo(number: number): Promise<void> {
    at.value = number;
    moved(number, list.filter);
    const known = list.find(number);
    if (known) {
      row.value = known;
    } else {
      try {
        const fetched = await list.load(number);
        if (at.value === number) row.value = fetched ?? null;
      } catch (cause) {
        if (at.value === number) error.value = asApiError(cause);
      }
    }
    if (list.indexOf(number) > list.lines.length - aheadMin) void growAfter();
  }

  /** Runs a fetch of more rows; a failure is shown and adds none. */
  async function grow(work: () => Promise<number>): Promise<number> {
    growing.value += 1;
    try {
      const added = await work();
      sync();
      return added;
    } catch (cause) {
      error.value = asApiError(cause);
      return 0;
    } finally {
      growing.value -= 1;
    }
  }

  function growAfter(): Promise<number> {
    return list.endReached ? Promise.resolve(0) : grow(() => list.growAfter());
  }

  function growBefore(): Promise<number> {
    return list.startReached || list.lines.length === 0 ? Promise.resolve(0) : grow(() => list.growBefore());
  }

  async function step(by: 1 | -1): Promise<void> {
    if (by === 1 && index.value === list.lines.length - 1) await growAfter();
    if (by === -1 && index.value === 0) await growBefore();
    const line = list.lines[index.value + by];
    if (line) await goTo(line.row);
  }

  /** On to the next row that nobody settled; true if there is one. */
  async function nextOpen(): Promise<boolean> {
    for (let i = index.value + 1; ; i++) {
      if (i >= list.lines.length) {
        if (list.endReached) return false;
        const before = list.lines.length;
        await growAfter();
        if (list.lines.length === before) return false;
      }
      const line = list.lines[i];
      if (line && choiceOf(line).choice === 'open') {
        await goTo(line.row);
        return true;
      }
    }
  }

  function decide(choice: Choice): void {
    const current = row.value;
    if (!current || current.row !== at.value || pending.value.get(at.value)?.state === 'conflict') return;
    const { choice: was, candidate } = decision.value;
    undoStack.value = [...undoStack.value.slice(-undoMax + 1), { row: at.value, before: { choice: was, candidate } }];
    worked.value = true;
    outbox.know(current.row, current.decision);
    outbox.put(at.value, choice);
    if (choice.choice !== 'open') void nextOpen();
  }

  async function undo(): Promise<void> {
    const last = undoStack.value[undoStack.value.length - 1];
    if (!last) return;
    undoStack.value = undoStack.value.slice(0, -1);
    outbox.put(last.row, last.before);
    await goTo(last.row);
  }

  outbox.list().forEach((item) => pending.value.set(item.row, item));

  return {
    job,
    lines,
    pending,
    at,
    row,
    error,
    loading,
    growing,
    worked,
    endReached,
    undoStack,
    index,
    conflict,
    failed,
    decision,
    outbox,
    choiceOf,
    open,
    goTo,
    growAfter,
    growBefore,
    step,
    nextOpen,
    decide,
    undo,
  };
}
