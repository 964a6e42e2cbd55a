// SPDX-License-Identifier: Apache-2.0
// The shapes that the API gives and takes; names as in api/openapi.yaml.

export const levels = [
  'none',
  'province',
  'city',
  'county',
  'town',
  'village',
  'group',
  'place',
  'number',
  'building',
  'unit',
  'floor',
  'room',
] as const;
export type Level = (typeof levels)[number];

export const grades = ['A', 'B', 'C', 'none'] as const;
export type Grade = (typeof grades)[number];

export const reasons = [
  'matched',
  'alias',
  'former_name',
  'corrected',
  'filled_in',
  'inferred',
  'unverified',
  'ambiguous',
  'several',
  'conflicting',
  'not_found',
] as const;
export const aliasStates = ['proposed', 'approved', 'refused', 'withdrawn'] as const;
export type AliasState = (typeof aliasStates)[number];
export type Reason = (typeof reasons)[number];

export const errorCodes = [
  'bad_request',
  'unauthenticated',
  'forbidden',
  'not_found',
  'conflict',
  'too_large',
  'unsupported',
  'busy',
  'disk_full',
  'unavailable',
  'timed_out',
  'damaged',
  'internal',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** An error answer, application/problem+json (RFC 9457). */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: ErrorCode;
  detail?: string;
  request_id?: string;
}

export interface Account {
  id: string;
  name: string;
  role: 'clerk' | 'administrator';
  must_change_password: boolean;
}

export interface SignedIn {
  account: Account;
  expires_at: string;
}

export interface Session {
  account: Account;
  version: string;
  /** Division code where this installation stands; may be empty. */
  region: string;
}

export interface ElementReason {
  level: Level;
  reason: Reason;
}

export interface Candidate {
  id: string;
  address: string;
  code: string;
  division_code: string;
  level: Level;
  score: number;
  grade: Grade;
  lon: number | null;
  lat: number | null;
  reasons: ElementReason[];
}

export interface Answer {
  grade: Grade;
  score: number;
  level: Level;
  address: string;
  code: string;
  id: string;
  division_code: string;
  /** The standard text of each level that the answer has. */
  parts: Partial<Record<Level, string>>;
  lon: number | null;
  lat: number | null;
  reasons: ElementReason[];
  /** What of the text the answer does not explain. */
  residue: string;
  candidates: Candidate[];
}

export interface Suggestion {
  id: string;
  address: string;
  division_code: string;
  level: Level;
  lon: number | null;
  lat: number | null;
}

export interface AddressPart {
  id: string;
  level: Level;
  name: string;
}

export interface AddressView {
  id: string;
  address: string;
  code: string;
  level: Level;
  status: 'in_use' | 'retired';
  division_code: string;
  lon: number | null;
  lat: number | null;
  path: AddressPart[];
  known_from: string;
  version: number;
}

export interface Division {
  code: string;
  name: string;
  level: Level;
  parent: string;
}

export const jobStates = ['uploaded', 'queued', 'running', 'finished', 'failed'] as const;
export type JobState = (typeof jobStates)[number];

export interface CleaningJob {
  id: string;
  file_name: string;
  created_by: string;
  created_at: string;
  state: JobState;
  columns: string[];
  column: string;
  region: string;
  file_bytes: number;
  bytes_done: number;
  rows_done: number;
  grade_count: Record<Grade, number>;
  /** Rows that wait for a person. */
  held: number;
  /** Rows that a person settled. */
  decided: number;
  rows_per_second: number;
  error: string;
}

export interface Preview {
  columns: string[];
  rows: string[][];
  column: string;
  answers: Answer[];
}

export const rowChoices = ['open', 'accepted', 'candidate', 'unknown'] as const;
export type RowChoice = (typeof rowChoices)[number];

export interface RowDecision {
  choice: RowChoice;
  /** Index into the answer's candidates, with the choice "candidate". */
  candidate: number;
  by: string;
  at: string;
  version: number;
}

export interface CleaningRow {
  row: number;
  text: string;
  answer: Answer;
  decision: RowDecision;
}

export type RowFilter = 'all' | 'held' | 'open' | 'decided';

export interface RowPage {
  items: CleaningRow[];
  /** Give it as `after` for the next page; 0 at the end. */
  next: number;
}

export interface MapExtent {
  west: number;
  south: number;
  east: number;
  north: number;
  empty: boolean;
}

/** A name that decisions on held rows proposed. */
export interface Alias {
  id: string;
  county_code: string;
  kind: 'place' | 'address';
  text: string;
  target_id: string;
  target_name: string;
  target_address: string;
  state: AliasState;
  row_count: number;
  proposers: string[];
  proposed_at: string;
  settled_by: string;
  settled_at: string;
  valid_from: string;
  valid_to: string;
  version: number;
}

export interface AliasPage {
  items: Alias[];
  counts: Record<AliasState, number>;
  next: number;
}

export interface AliasPreview {
  open_rows: number;
  rows_looked_at: number;
  is_complete: boolean;
}
