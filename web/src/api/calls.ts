// SPDX-License-Identifier: Apache-2.0
// The API, one function a route.
import { apiUrl, request } from './client.ts';
import type {
  AddressView,
  Alias,
  AliasPage,
  AliasPreview,
  AliasState,
  Answer,
  CleaningJob,
  CleaningRow,
  Division,
  MapExtent,
  Preview,
  RowChoice,
  RowFilter,
  RowPage,
  Session,
  SignedIn,
  Suggestion,
} from './types.ts';

interface Items<T> {
  items: T[];
}

export function signIn(name: string, password: string): Promise<SignedIn> {
  return request('POST', '/session', { json: { name, password }, mayBeSignedOut: true });
}

export function getSession(): Promise<Session> {
  return request('GET', '/session', { mayBeSignedOut: true });
}

export function signOut(): Promise<void> {
  return request('DELETE', '/session', { mayBeSignedOut: true });
}

export function changePassword(oldPassword: string, newPassword: string): Promise<void> {
  return request('PUT', '/session/password', {
    json: { old_password: oldPassword, new_password: newPassword },
    mayBeSignedOut: true,
  });
}

export async function suggestAddresses(text: string, limit: number, signal?: AbortSignal): Promise<Suggestion[]> {
  return (await request<Items<Suggestion>>('GET', '/addresses/suggest', { query: { q: text, limit }, signal })).items;
}

export function findAddress(text: string, region: string, signal?: AbortSignal): Promise<Answer> {
  return request('GET', '/addresses/find', { query: { q: text, region }, signal });
}

export function getAddress(id: string, signal?: AbortSignal): Promise<AddressView> {
  return request('GET', `/addresses/${encodeURIComponent(id)}`, { signal });
}

export async function listDivisions(parent: string): Promise<Division[]> {
  return (await request<Items<Division>>('GET', '/divisions', { query: { parent } })).items;
}

export function getDivision(code: string): Promise<Division> {
  return request('GET', `/divisions/${encodeURIComponent(code)}`);
}

export async function listJobs(signal?: AbortSignal): Promise<CleaningJob[]> {
  return (await request<Items<CleaningJob>>('GET', '/cleaning-jobs', { signal })).items;
}

const jobPath = (id: string): string => `/cleaning-jobs/${encodeURIComponent(id)}`;

export function getJob(id: string, signal?: AbortSignal): Promise<CleaningJob> {
  return request('GET', jobPath(id), { signal });
}

export function deleteJob(id: string): Promise<void> {
  return request('DELETE', jobPath(id));
}

export function previewJob(id: string, column: string, region: string, signal?: AbortSignal): Promise<Preview> {
  return request('GET', `${jobPath(id)}/preview`, { query: { column, region }, signal });
}

export function startJob(id: string, column: string, region: string): Promise<CleaningJob> {
  return request('POST', `${jobPath(id)}/start`, { json: { column, region } });
}

export function listRows(
  id: string,
  filter: RowFilter,
  after: number,
  limit: number,
  signal?: AbortSignal,
): Promise<RowPage> {
  return request('GET', `${jobPath(id)}/rows`, { query: { filter, after, limit }, signal });
}

/** One row as it stands now; nothing if there is no such row. */
export async function findRow(id: string, row: number): Promise<CleaningRow | undefined> {
  const page = await listRows(id, 'all', row - 1, 1);
  return page.items.find((item) => item.row === row);
}

/** Settles a row. Fails with `conflict` (412) where `version` is not the decision's version any more. */
export function decideRow(
  id: string,
  row: number,
  choice: RowChoice,
  candidate: number,
  version: number,
): Promise<CleaningRow> {
  return request('PUT', `${jobPath(id)}/rows/${row}/decision`, {
    json: { choice, candidate },
    headers: { 'If-Match': `"${version}"` },
  });
}

export function resultUrl(id: string, format: 'csv' | 'xlsx'): string {
  return apiUrl(`${jobPath(id)}/result`, { format });
}

export function eventsUrl(id: string): string {
  return apiUrl(`${jobPath(id)}/events`);
}

export function getMapExtent(): Promise<MapExtent> {
  return request('GET', '/map/extent');
}

export function listAliases(state: AliasState, after: number, signal?: AbortSignal): Promise<AliasPage> {
  return request('GET', '/aliases', { query: { state, after }, signal });
}

export function previewAlias(id: string): Promise<AliasPreview> {
  return request('GET', `/aliases/${encodeURIComponent(id)}/preview`);
}

/** Fails with `conflict` where `version` is not the alias's version any more. */
export function settleAlias(id: string, state: AliasState, version: number): Promise<Alias> {
  return request('PUT', `/aliases/${encodeURIComponent(id)}/state`, {
    json: { state },
    headers: { 'If-Match': `"${version}"` },
  });
}
