// SPDX-License-Identifier: Apache-2.0
// Figures that pages derive from a cleaning job.
import type { CleaningJob } from '@/api/types.ts';

/** Share of the file that is done, 0 to 1. */
export function shareDone(job: CleaningJob): number {
  if (job.state === 'finished') return 1;
  if (job.file_bytes <= 0) return 0;
  return Math.min(1, Math.max(0, job.bytes_done / job.file_bytes));
}

/** Seconds until it is done, as far as the pace so far tells; nothing before there is a pace. */
export function secondsLeft(job: CleaningJob): number | null {
  const share = shareDone(job);
  if (job.state !== 'running' || share <= 0 || share >= 1 || job.rows_per_second <= 0 || job.rows_done < 100)
    return null;
  const rowsTotal = job.rows_done / share;
  return (rowsTotal - job.rows_done) / job.rows_per_second;
}

export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const units = ['KB', 'MB', 'GB'];
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}
