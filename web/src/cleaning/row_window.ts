// SPDX-License-Identifier: Apache-2.0
// The rows of a job that are on the screen or were: one unbroken run, in row order, that grows at both ends as one
// scrolls. Of far rows only a line is kept; the answer with its candidates is fetched again when it is looked at, so
// that 40,000 rows stay light.
import type { CleaningRow, Grade, RowDecision, RowFilter, RowPage } from '@/api/types.ts';

/** What the list shows of a row. */
export interface RowLine {
  row: number;
  text: string;
  address: string;
  grade: Grade;
  decision: RowDecision;
}

export interface RowSource {
  page: (filter: RowFilter, after: number, limit: number) => Promise<RowPage>;
  one: (row: number) => Promise<CleaningRow | undefined>;
}

const pageRows = 200;
const wholeRowsMax = 1500;

export class RowWindow {
  readonly filter: RowFilter;
  lines: RowLine[] = [];
  startReached = false;
  endReached = false;
  private readonly source: RowSource;
  private readonly whole = new Map<number, CleaningRow>();
  private next = 0;
  private readonly growing: Record<'after' | 'before', Promise<number> | null> = { after: null, before: null };

  constructor(filter: RowFilter, source: RowSource) {
    this.filter = filter;
    this.source = source;
  }

  /** Begins at `row`, or at the first one. */
  async open(row: number): Promise<void> {
    const after = Math.max(0, row - 1);
    const page = await this.source.page(this.filter, after, pageRows);
    this.lines = page.items.map((item) => this.keep(item));
    this.next = page.next;
    this.endReached = page.next === 0;
    this.startReached = after === 0;
    // The row asked for may be beyond the last one of this filter: then the end of the list is what there is.
    if (this.lines.length === 0 && !this.startReached) {
      this.next = 0;
      await this.growBefore(row);
    }
  }

  /** Rows added at the end. A call that comes while another is under way joins it. */
  growAfter(): Promise<number> {
    if (this.endReached) return Promise.resolve(0);
    return this.once('after', async () => {
      const page = await this.source.page(this.filter, this.next, pageRows);
      const last = this.lines[this.lines.length - 1]?.row ?? 0;
      const fresh = page.items.filter((item) => item.row > last).map((item) => this.keep(item));
      this.lines = [...this.lines, ...fresh];
      this.next = page.next;
      this.endReached = page.next === 0;
      return fresh.length;
    });
  }

  /** Rows added at the start. The server pages forwards only, so it looks back by a guess of where they lie. */
  growBefore(before = this.lines[0]?.row ?? 0): Promise<number> {
    if (this.startReached) return Promise.resolve(0);
    return this.once('before', async () => {
      for (let span = Math.ceil(pageRows * this.spacing()); ; span *= 4) {
        const from = Math.max(0, before - 1 - span);
        const found = await this.rowsBetween(from, before);
        if (from === 0) this.startReached = true;
        if (found.length === 0 && from > 0) continue;
        this.lines = [...found.map((item) => this.keep(item)), ...this.lines];
        return found.length;
      }
    });
  }

  indexOf(row: number): number {
    let low = 0;
    let high = this.lines.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.lines[middle]!.row < row) low = middle + 1;
      else high = middle;
    }
    return this.lines[low]?.row === row ? low : -1;
  }

  /** The whole row if it is at hand. */
  find(row: number): CleaningRow | undefined {
    return this.whole.get(row);
  }

  /** The whole row, fetched if need be. */
  async load(row: number): Promise<CleaningRow | undefined> {
    const known = this.whole.get(row);
    if (known) return known;
    const fetched = await this.source.one(row);
    if (fetched) this.keep(fetched);
    return fetched;
  }

  /** Takes a row's new state into the list. */
  update(changed: CleaningRow): void {
    const index = this.indexOf(changed.row);
    if (index < 0) return;
    this.lines = this.lines.slice();
    this.lines[index] = this.keep(changed);
  }

  private keep(item: CleaningRow): RowLine {
    this.whole.delete(item.row);
    this.whole.set(item.row, item);
    while (this.whole.size > wholeRowsMax) {
      const oldest = this.whole.keys().next();
      if (oldest.done) break;
      this.whole.delete(oldest.value);
    }
    return {
      row: item.row,
      text: item.text,
      address: item.answer.address,
      grade: item.answer.grade,
      decision: item.decision,
    };
  }

  /** Rows of the file per row of the list, as far as is known. */
  private spacing(): number {
    const first = this.lines[0]?.row ?? 0;
    const last = this.lines[this.lines.length - 1]?.row ?? 0;
    return this.lines.length > 1 ? Math.max(1, (last - first) / (this.lines.length - 1)) : 5;
  }

  private async rowsBetween(after: number, before: number): Promise<CleaningRow[]> {
    const found: CleaningRow[] = [];
    for (let from = after; ;) {
      const page = await this.source.page(this.filter, from, pageRows);
      found.push(...page.items.filter((item) => item.row < before));
      if (page.next === 0 || page.items.length === 0 || page.items[page.items.length - 1]!.row >= before) return found;
      from = page.next;
    }
  }

  private once(end: 'after' | 'before', work: () => Promise<number>): Promise<number> {
    this.growing[end] ??= work().finally(() => (this.growing[end] = null));
    return this.growing[end];
  }
}
