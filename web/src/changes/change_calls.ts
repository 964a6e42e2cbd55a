// SPDX-License-Identifier: Apache-2.0
// Change sets and histories over the API.
import { request } from '@/api/client.ts';

export const changeStates = ['draft', 'submitted', 'returned', 'approved', 'applied', 'withdrawn'] as const;
export type ChangeState = (typeof changeStates)[number];

export interface ChangeSet {
  id: string;
  kind: string;
  state: ChangeState;
  needs_second_person: boolean;
  object_id: string;
  object_version: number;
  title: string;
  request: Record<string, unknown>;
  reason: string;
  source: string;
  effective_on: string;
  is_correction: boolean;
  made_by: string;
  made_at: string;
  settled_by: string;
  settled_at: string;
  settled_reason: string;
  applied_at: string;
  counts: Record<string, number>;
  undoes: string;
  undone_by: string;
  version: number;
}

export interface ChangePreview {
  total: number;
  counts: Record<string, number>;
  items: { object_kind: string; id: string; action: string; before: string; after: string }[];
  next: number;
  advice: { rule: string; article: string; message: string }[];
  stale: { field: string; seen: unknown; now: unknown; wanted: unknown }[];
}

export interface ChangeDraft {
  kind: string;
  request: Record<string, unknown>;
  version: number;
  reason: string;
  source: string;
  effective_on: string;
  is_correction: boolean;
}

export interface ObjectVersion {
  version: number;
  valid_from: string;
  valid_to: string;
  recorded_at: string;
  superseded_at: string;
  change_kind: string;
  actor: string;
  reason: string;
  set_id: string;
  fields: Record<string, unknown>;
}

const path = (id: string): string => `/changes/${encodeURIComponent(id)}`;

export function listChanges(
  state: ChangeState | 'all',
  after: string,
  signal?: AbortSignal,
): Promise<{ items: ChangeSet[]; next: string }> {
  return request('GET', '/changes', { query: { state, after }, signal });
}

export function makeChange(draft: ChangeDraft): Promise<ChangeSet> {
  return request('POST', '/changes', { json: draft });
}

export function previewDraft(draft: ChangeDraft): Promise<ChangePreview> {
  return request('POST', '/change-previews', { json: draft });
}

export function previewChange(id: string): Promise<ChangePreview> {
  return request('GET', `${path(id)}/preview`);
}

/** Fails with `conflict` where `version` is not the set's version any more. */
export function stepChange(id: string, state: ChangeState, version: number, reason: string): Promise<ChangeSet> {
  return request('PUT', `${path(id)}/state`, {
    json: reason === '' ? { state } : { state, reason },
    headers: { 'If-Match': `"${version}"` },
  });
}

export function undoChange(id: string, reason: string): Promise<ChangeSet> {
  return request('POST', `${path(id)}/undo`, { json: { reason } });
}

export function readHistory(
  id: string,
): Promise<{ id: string; kind: string; text: string; versions: ObjectVersion[] }> {
  return request('GET', `/objects/${encodeURIComponent(id)}/history`);
}
