// SPDX-License-Identifier: Apache-2.0
// What the engine answered, in words a clerk reads: levels, grades, reasons.
import type { ApiError } from '@/api/client.ts';
import { t } from '@/i18n/index.ts';
import { levels, type Answer, type ElementReason, type Grade, type Level, type Reason } from '@/api/types.ts';

export const levelWords = (level: Level): string => t(`level.${level}`);
export const gradeWords = (grade: Grade): string => t(`grade_words.${grade}`);
export const reasonWords = (reason: Reason): string => t(`reason.${reason}`);

/** How much a reason asks for the reader's eye. */
export type Weight = 'quiet' | 'note' | 'alarm';
const weights: Record<Reason, Weight> = {
  matched: 'quiet',
  alias: 'note',
  former_name: 'note',
  corrected: 'note',
  filled_in: 'quiet',
  inferred: 'note',
  unverified: 'note',
  ambiguous: 'alarm',
  several: 'alarm',
  conflicting: 'alarm',
  not_found: 'alarm',
};
export const reasonWeight = (reason: Reason): Weight => weights[reason];

/** One row of the element table. */
export interface ElementRow {
  level: Level;
  text: string;
  reasons: Reason[];
}

/** The elements of an answer, outermost first: every level that has a text or a reason. */
export function elementRows(answer: Pick<Answer, 'parts' | 'reasons'>): ElementRow[] {
  const rows: ElementRow[] = [];
  for (const level of levels) {
    const text = answer.parts[level] ?? '';
    const found = answer.reasons.filter((r) => r.level === level).map((r) => r.reason);
    if (text !== '' || found.length > 0) rows.push({ level, text, reasons: found });
  }
  return rows;
}

/** One line for a list: only what is not simply as in the library; only "as in the library" where all is. */
export function reasonsSummary(list: ElementReason[]): string {
  const telling = list.filter((r) => r.reason !== 'matched');
  if (telling.length === 0) return list.length > 0 ? t('reason.matched') : '';
  const byReason = new Map<Reason, Level[]>();
  for (const { level, reason } of telling) byReason.set(reason, [...(byReason.get(reason) ?? []), level]);
  const ordered = [...byReason.entries()].sort((a, b) => weightRank(b[0]) - weightRank(a[0]));
  return ordered
    .map(([reason, at]) => at.map(levelWords).join(t('app.comma')) + t('app.colon') + reasonWords(reason))
    .join(t('app.semicolon'));
}

function weightRank(reason: Reason): number {
  return { quiet: 0, note: 1, alarm: 2 }[weights[reason]];
}

/** The text for an error code. */
export const errorWords = (code: ApiError['code']): string => t(`error.${code}`);
