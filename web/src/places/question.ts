// SPDX-License-Identifier: Apache-2.0
// What the form for a proposed name holds → what the API is asked.
import type { NameQuestion, PlaceKind } from './types.ts';

export interface NameForm {
  name: string;
  kind: PlaceKind;
  division: string;
  pinyin: string;
  length: string;
  width: string;
  area: string;
}

/** A size as typed; nothing for an empty field, NaN for what is no number from 0 on. */
export function sizeOf(text: string): number | undefined {
  const plain = text.trim();
  if (plain === '') return undefined;
  const value = Number(plain);
  return /^\d+(\.\d+)?$/.test(plain) && Number.isFinite(value) ? value : Number.NaN;
}

/** The first field that cannot be sent, or nothing. */
export function faultOf(form: NameForm): 'name' | 'division' | 'size' | undefined {
  if (form.name.trim() === '') return 'name';
  if (form.division.length < 6) return 'division';
  return [form.length, form.width, form.area].some((text) => Number.isNaN(sizeOf(text))) ? 'size' : undefined;
}

export function questionOf(form: NameForm): NameQuestion {
  const question: NameQuestion = { name: form.name.trim(), kind: form.kind, division: form.division };
  if (form.pinyin.trim() !== '') question.pinyin = form.pinyin.trim();
  const isStreet = form.kind === 'road' || form.kind === 'lane';
  const length = isStreet ? sizeOf(form.length) : undefined;
  const width = isStreet ? sizeOf(form.width) : undefined;
  const area = isStreet ? undefined : sizeOf(form.area);
  if (length !== undefined) question.length_m = length;
  if (width !== undefined) question.width_m = width;
  if (area !== undefined) question.area_m2 = area;
  return question;
}
