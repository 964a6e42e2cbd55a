// SPDX-License-Identifier: Apache-2.0
// The API of places, names and findings, one function a route.
import { request } from '@/api/client.ts';
import type { FindingKind, FindingPage, NameQuestion, NameReport, PlacePage, PlaceView } from './types.ts';

export function listPlaces(name: string, division: string, after: string, signal?: AbortSignal): Promise<PlacePage> {
  return request('GET', '/places', { query: { name, division, after }, signal });
}

export function getPlace(id: string, signal?: AbortSignal): Promise<PlaceView> {
  return request('GET', `/places/${encodeURIComponent(id)}`, { signal });
}

export function checkName(question: NameQuestion): Promise<NameReport> {
  return request('POST', '/place-name-checks', { json: question });
}

export function listFindings(
  kind: FindingKind,
  division: string,
  after: string,
  signal?: AbortSignal,
): Promise<FindingPage> {
  return request('GET', '/findings', { query: { kind, division, after }, signal });
}

export async function countFindings(
  division: string,
  signal?: AbortSignal,
): Promise<{ kind: FindingKind; count: number }[]> {
  const answer = await request<{ items: { kind: FindingKind; count: number }[] }>('GET', '/finding-counts', {
    query: { division },
    signal,
  });
  return answer.items;
}
