// SPDX-License-Identifier: Apache-2.0
// The language in use and the texts, numbers and times in it.
import { computed, ref } from 'vue';
import { en } from './en.ts';
import { zh, type Key, type Messages } from './zh.ts';

export type { Key } from './zh.ts';
export type Language = 'zh' | 'en';

export const messages: Record<Language, Messages> = { zh, en };
export const localeName: Record<Language, string> = { zh: 'zh-CN', en: 'en-GB' };

const storageKey = 'menpai.language';

function savedLanguage(): Language {
  try {
    return localStorage.getItem(storageKey) === 'en' ? 'en' : 'zh';
  } catch {
    return 'zh';
  }
}

export const language = ref<Language>(savedLanguage());

export function setLanguage(value: Language): void {
  language.value = value;
  try {
    localStorage.setItem(storageKey, value);
  } catch {
    // A browser that keeps nothing still shows the language for this visit.
  }
}

/** The text for `key`, with the values put into their places. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  return messages[language.value][key].replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

const locale = computed(() => localeName[language.value]);

export function formatCount(value: number): string {
  return new Intl.NumberFormat(locale.value, { maximumFractionDigits: 0 }).format(value);
}

/** A share as percent. What is not all is never shown as 100 %, what is not nothing never as 0 %. */
export function formatPercent(share: number): string {
  const shown = share > 0.999 && share < 1 ? 0.999 : share < 0.001 && share > 0 ? 0.001 : share;
  const digits = shown > 0.99 && shown < 1 ? 1 : shown > 0 && shown < 0.01 ? 1 : 0;
  return new Intl.NumberFormat(locale.value, {
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(shown);
}

/** A moment in ISO 8601 as the user's own date and time, to the minute. Unreadable text stays as it is. */
export function formatTime(iso: string): string {
  const time = new Date(iso);
  if (iso === '' || Number.isNaN(time.getTime())) return iso;
  return new Intl.DateTimeFormat(locale.value, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(time);
}

export function formatDuration(seconds: number): string {
  if (seconds < 90) return t('progress.seconds', { n: Math.max(1, Math.round(seconds)) });
  if (seconds < 5400) return t('progress.minutes', { n: Math.round(seconds / 60) });
  return t('progress.hours', { n: (seconds / 3600).toFixed(1) });
}
