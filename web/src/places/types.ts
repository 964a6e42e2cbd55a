// SPDX-License-Identifier: Apache-2.0
// The shapes of names, findings and numbers that the API gives and takes; names as in api/openapi.yaml.

export const placeKinds = ['road', 'lane', 'estate', 'village', 'compound'] as const;
export type PlaceKind = (typeof placeKinds)[number];

export const severities = ['hint', 'warning', 'breach'] as const;
export type Severity = (typeof severities)[number];

export const nameFaults = [
  'too_grand',
  'foreign',
  'feudal',
  'vulgar',
  'digits',
  'letters',
  'sign',
  'number_only',
  'state_leader',
  'personal_name',
  'company_or_mark',
  'duplicate',
  'same_sound',
  'generic_missing',
  'specific_missing',
  'generic_unfit',
  'generic_too_high',
  'too_long',
  'rare_character',
  'pinyin_wrong',
] as const;
export type NameFault = (typeof nameFaults)[number];

export const findingKinds = [
  'unnamed_street',
  'unlisted_street',
  'several_names',
  'duplicate_name',
  'same_sound_name',
  'wrong_name',
  'missing_number',
  'duplicate_number',
  'out_of_order',
  'wrong_side',
  'number_gap',
  'sub_of_sub',
  'unreadable_number',
  'sides_swapped',
  'direction_reversed',
] as const;
export type FindingKind = (typeof findingKinds)[number];

export interface PlaceItem {
  id: string;
  name: string;
  specific: string;
  generic: string;
  kind: PlaceKind;
  pinyin: string;
  code: string;
  division_code: string;
  status: string;
  length_m: number | null;
  width_m: number | null;
  version: number;
}

export interface PlacePage {
  items: PlaceItem[];
  total: number;
  next: string;
}

export interface PlaceView extends PlaceItem {
  starts_at: string;
  ends_at: string;
  course: string;
  measured_length_m: number | null;
  measured_area_m2: number | null;
  names: { name: string; kind: 'alias' | 'former_name' | 'short'; valid_to: string }[];
  addresses: number;
  numbers: number;
  known_from: string;
}

export interface NameQuestion {
  name: string;
  kind: PlaceKind;
  division: string;
  pinyin?: string;
  length_m?: number;
  width_m?: number;
  area_m2?: number;
}

export interface NameFinding {
  fault: NameFault;
  severity: Severity;
  part: string;
  article: string;
  why_zh: string;
  why_en: string;
}

export interface NameReport {
  name: string;
  specific: string;
  generic: string;
  pinyin: string;
  findings: NameFinding[];
}

export interface Finding {
  kind: FindingKind;
  division_code: string;
  place_id: string;
  place_name: string;
  ids: string[];
  part: string;
  lon: number | null;
  lat: number | null;
}

export interface FindingPage {
  items: Finding[];
  total: number;
  next: string;
}
