// SPDX-License-Identifier: Apache-2.0
// The API of plates, one function a route.
import { apiUrl, request } from '@/api/client.ts';
import type { Coverage, Plate, PlateBatch, ScanReport, Verdict } from './types.ts';

interface Items<T> {
  items: T[];
}

export function listPlates(
  division: string,
  state: string,
  after: string,
  signal?: AbortSignal,
): Promise<Items<Plate> & { next: string | null }> {
  return request('GET', '/plates', { query: { division, state, after }, signal });
}

export async function listBatches(signal?: AbortSignal): Promise<PlateBatch[]> {
  return (await request<Items<PlateBatch>>('GET', '/plate-batches', { signal })).items;
}

export async function coverageOf(
  division: string,
  asOf: string,
  by: 'town' | 'village',
  signal?: AbortSignal,
): Promise<Coverage[]> {
  const query = { division, as_of: asOf, by };
  return (await request<Items<Coverage>>('GET', '/plate-coverage', { query, signal })).items;
}

export async function listScans(signal?: AbortSignal): Promise<ScanReport[]> {
  return (await request<Items<ScanReport>>('GET', '/plate-scans', { signal })).items;
}

export function settleScans(plate: string): Promise<unknown> {
  return request('PUT', `/plate-scans/${encodeURIComponent(plate)}/settled`, { json: {} });
}

export async function checkPlate(text: string): Promise<Verdict> {
  return (await request<{ verdict: Verdict }>('POST', '/plate-checks', { json: { text } })).verdict;
}

export async function wantedPlates(division: string, level: string, onlyFound: boolean): Promise<string[][]> {
  const query = { division, level, only_found: String(onlyFound), limit: 5000 };
  const answer = await request<{ counties: { object_ids: string[] }[] }>('GET', '/plate-wanted', { query });
  return answer.counties.map((county) => county.object_ids);
}

export const batchUrl = (batch: PlateBatch, what: 'table?format=xlsx' | 'table?format=csv' | 'sheets'): string =>
  apiUrl(`/plate-batches/${encodeURIComponent(batch.id)}/${what}`);

/** Drafts a change set and lets it happen: these kinds need no second person. */
export async function change(kind: string, asked: object, reason: string): Promise<void> {
  const set = await request<{ id: string; version: number }>('POST', '/changes', {
    json: { kind, request: asked, reason },
  });
  await request('PUT', `/changes/${encodeURIComponent(set.id)}/state`, {
    json: { state: 'submitted' },
    headers: { 'If-Match': `"${set.version}"` },
  });
}
