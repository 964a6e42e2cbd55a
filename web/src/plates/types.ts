// SPDX-License-Identifier: Apache-2.0
// Door plates as the API gives them.
export const plateStates = [
  'planned',
  'listed',
  'produced',
  'installed',
  'inspected',
  'damaged',
  'replaced',
  'withdrawn',
] as const;
export type PlateState = (typeof plateStates)[number];

export interface Plate {
  id: string;
  county_code: string;
  kind: string;
  state: PlateState;
  is_temporary: boolean;
  object_id: string;
  object_text: string;
  object_code: string;
  copy: number;
  finding: string;
  batch_id: string | null;
  installed_on: string | null;
  version: number;
}

export interface PlateBatch {
  id: string;
  number: string;
  contractor: string;
  state: 'open' | 'ordered' | 'accepted' | 'cancelled';
  ordered: number;
  delivered: number;
  accepted: number;
  rejected: number;
  ordered_on: string | null;
}

export interface Coverage {
  division_code: string;
  division_name: string;
  level: 'number' | 'building' | 'unit' | 'room' | 'place';
  addresses: number;
  mapped: number;
  coded: number;
  collected: number;
  regular: number;
  plates: number;
  produced: number;
  installed: number;
}

export interface ScanReport {
  plate_id: string;
  address: string;
  day: string;
  distance_m: number;
  count: number;
}

export type Verdict = 'genuine' | 'not_a_plate' | 'foreign' | 'unknown_key' | 'revoked_key' | 'forged';
