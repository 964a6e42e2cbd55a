// SPDX-License-Identifier: Apache-2.0
// Decisions on their way to the server: shown at once, sent one after the other, tried again while the network is away,
// and put to the person where somebody else was first. Nothing is dropped without the person saying so.
import { ApiError, asApiError } from '@/api/client.ts';
import type { CleaningRow, RowChoice, RowDecision } from '@/api/types.ts';

export interface Choice {
  choice: RowChoice;
  candidate: number;
}

export interface Pending extends Choice {
  row: number;
  state: 'waiting' | 'sending' | 'failed' | 'conflict';
  error: ApiError | null;
  /** With "conflict": the row as the other person left it. */
  theirs: CleaningRow | null;
}

export interface OutboxWorld {
  send: (row: number, choice: Choice, version: number) => Promise<CleaningRow>;
  /** The row as it stands on the server. */
  fetch: (row: number) => Promise<CleaningRow | undefined>;
  sleep: (ms: number) => Promise<void>;
  /** A decision now stands on the server. */
  saved: (row: CleaningRow) => void;
  /** Something that is shown has changed. */
  changed: () => void;
}

const retryMsMin = 1000;
const retryMsMax = 30000;

export function sameChoice(a: Choice, b: Choice): boolean {
  return a.choice === b.choice && (a.choice !== 'candidate' || a.candidate === b.candidate);
}

export class Outbox {
  private readonly world: OutboxWorld;
  private readonly pending = new Map<number, Pending>();
  private readonly versions = new Map<number, number>();
  private busy = false;

  constructor(world: OutboxWorld) {
    this.world = world;
  }

  /** Tells which version of a row's decision is on the screen. */
  know(row: number, decision: RowDecision): void {
    if (!this.pending.has(row)) this.versions.set(row, decision.version);
  }

  get(row: number): Pending | undefined {
    return this.pending.get(row);
  }

  list(): Pending[] {
    return [...this.pending.values()];
  }

  /** How many decisions wait or are under way. */
  get unsaved(): number {
    return this.pending.size;
  }

  put(row: number, choice: Choice): void {
    const before = this.pending.get(row);
    if (before?.state === 'conflict') return;
    this.pending.set(row, { ...choice, row, state: 'waiting', error: null, theirs: null });
    this.world.changed();
    void this.run();
  }

  /** Sends again what failed. */
  retry(): void {
    for (const item of this.pending.values()) {
      if (item.state === 'failed') this.pending.set(item.row, { ...item, state: 'waiting', error: null });
    }
    this.world.changed();
    void this.run();
  }

  /** Gives a decision up. */
  discard(row: number): void {
    this.pending.delete(row);
    this.world.changed();
  }

  /** Gives everything up: the account that decided is not the one that would send it. */
  close(): void {
    this.pending.clear();
  }

  /** Settles a conflict: with `mine` the own decision goes over the other one, which has been seen. */
  resolve(row: number, mine: boolean): void {
    const item = this.pending.get(row);
    if (item?.state !== 'conflict' || !item.theirs) return;
    this.pending.delete(row);
    this.versions.set(row, item.theirs.decision.version);
    this.world.saved(item.theirs);
    this.world.changed();
    if (mine) this.put(row, { choice: item.choice, candidate: item.candidate });
  }

  private async run(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    let wait = retryMsMin;
    for (;;) {
      const next = this.list().find((item) => item.state === 'waiting');
      if (!next) break;
      const again = await this.sendOne(next);
      if (again) {
        await this.world.sleep(wait);
        wait = Math.min(wait * 2, retryMsMax);
      } else {
        wait = retryMsMin;
      }
    }
    this.busy = false;
  }

  /** True if the same is to be tried again later. */
  private async sendOne(item: Pending): Promise<boolean> {
    const sending: Pending = { ...item, state: 'sending' };
    this.pending.set(item.row, sending);
    this.world.changed();
    try {
      const row = await this.world.send(
        item.row,
        { choice: item.choice, candidate: item.candidate },
        this.versions.get(item.row) ?? 0,
      );
      this.settled(sending, row);
      return false;
    } catch (cause) {
      return this.failed(sending, asApiError(cause));
    }
  }

  private settled(sent: Pending, row: CleaningRow): void {
    this.versions.set(sent.row, row.decision.version);
    // Another decision on the same row may have been made meanwhile; then that one is sent next.
    if (this.pending.get(sent.row) === sent) this.pending.delete(sent.row);
    this.world.saved(row);
    this.world.changed();
  }

  private async failed(sent: Pending, error: ApiError): Promise<boolean> {
    const current = this.pending.get(sent.row);
    if (!current) return false;
    if (error.status === 412) return this.conflict(current, sent);
    const next: Pending = { ...current, error, state: error.transient ? 'waiting' : 'failed' };
    this.pending.set(sent.row, next);
    this.world.changed();
    return error.transient;
  }

  private async conflict(current: Pending, sent: Pending): Promise<boolean> {
    let theirs: CleaningRow | undefined;
    try {
      theirs = await this.world.fetch(sent.row);
    } catch (cause) {
      const error = asApiError(cause);
      this.pending.set(sent.row, { ...current, error, state: error.transient ? 'waiting' : 'failed' });
      this.world.changed();
      return error.transient;
    }
    const mine = this.pending.get(sent.row);
    if (!mine) return false;
    if (!theirs || sameChoice(theirs.decision, mine)) {
      this.pending.delete(sent.row);
      if (theirs) {
        this.versions.set(sent.row, theirs.decision.version);
        this.world.saved(theirs);
      }
    } else {
      this.pending.set(sent.row, { ...mine, state: 'conflict', theirs });
    }
    this.world.changed();
    return false;
  }
}
