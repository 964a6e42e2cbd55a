// SPDX-License-Identifier: Apache-2.0
// Grids over the API.
import { request } from '@/api/client.ts';

export interface Grid {
  id: string;
  name: string;
  kind: 'base' | 'exclusive' | 'group';
  code: string;
  division_code: string;
  leader_name: string;
  leader_phone: string;
  worker_name: string;
  worker_phone: string;
  area_m2: number | null;
  version: number;
}

export interface GridFault {
  kind: 'overlap' | 'gap';
  area_m2: number;
  grids: string[];
  names: string[];
  border: unknown;
}

export interface GridCheck {
  faults: GridFault[];
  buildings_in_one: number;
  buildings_in_none: number;
  buildings_in_several: number;
}

export function listGrids(
  division: string,
  after: string,
  signal?: AbortSignal,
): Promise<{ items: Grid[]; next: string }> {
  return request('GET', '/grids', { query: { division, after }, signal });
}

export function checkGrids(division: string, signal?: AbortSignal): Promise<GridCheck> {
  return request('GET', '/grid-checks', { query: { division }, signal });
}

export function gridsAt(lon: string, lat: string, signal?: AbortSignal): Promise<{ items: Grid[] }> {
  return request('GET', '/grids-at', { query: { lon, lat }, signal });
}
