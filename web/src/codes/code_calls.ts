// SPDX-License-Identifier: Apache-2.0
// What the pages of codes and of rooms by plan ask of the server.
import { request } from '@/api/client.ts';

export interface CodeScheme {
  name: string;
  title: string;
  title_en: string;
  object_kind: string;
  length: number;
  source: string;
  examples: string[];
}
export interface CodePart {
  name: string;
  title: string;
  digits: string;
  meaning: string;
}
export interface CodeNote {
  fault: string;
  is_wrong: boolean;
  at: string;
  detail: string;
}
export interface CodeCheck {
  scheme: string;
  code: string;
  is_right: boolean;
  is_issued: boolean;
  parts: CodePart[];
  notes: CodeNote[];
}
export interface CodedObject {
  kind: string;
  id: string;
  text: string;
  code: string;
  status: string;
}
export interface CodeSuccession {
  old_code: string;
  new_code: string;
  kind: string;
  at: string;
}
export interface CodeStory {
  code: string;
  scheme: string;
  object_kind: string;
  issued_at: string;
  retired_at: string;
  object: CodedObject | null;
  successions: CodeSuccession[];
  now: CodedObject[];
  predecessors: CodeSuccession[];
}
export interface ChecklistRow {
  unit: string;
  floor: string;
  rooms: number;
  names: string;
  remarks: string;
}
export interface RoomPlanPreview {
  units: number;
  floors: number;
  rooms: number;
  new_nodes: number;
  new_rooms: number;
  same_rooms: number;
  extra_rooms: number;
  faults: number;
  buildings: {
    id: string;
    address: string;
    fault: string;
    new_rooms: number;
    same_rooms: number;
    extra_rooms: number;
  }[];
  nodes: { state: string; level: string; text: string }[];
  checklist: ChecklistRow[];
}

export async function listCodeSchemes(): Promise<CodeScheme[]> {
  const page = await request<{ items: CodeScheme[] }>('GET', '/code-schemes');
  return page.items;
}

export function checkCode(scheme: string, code: string): Promise<CodeCheck> {
  return request('POST', '/code-checks', { json: { scheme, code } });
}

export function resolveCode(code: string): Promise<CodeStory> {
  return request('GET', `/codes/${encodeURIComponent(code)}`);
}

export function previewRoomPlan(plan: unknown, buildings: string[]): Promise<RoomPlanPreview> {
  return request('POST', '/room-plans/preview', { json: { plan, buildings } });
}

/** A draft of the change that makes the rooms, submitted at once. */
export async function makeRooms(
  plan: unknown,
  buildings: string[],
  reason: string,
): Promise<{ id: string; state: string }> {
  const draft = await request<{ id: string; version: number }>('POST', '/changes', {
    json: { kind: 'address.rooms_by_plan', request: { plan, buildings }, reason },
  });
  return request('PUT', `/changes/${encodeURIComponent(draft.id)}/state`, {
    json: { state: 'submitted' },
    headers: { 'If-Match': `"${draft.version}"` },
  });
}
