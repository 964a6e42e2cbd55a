// SPDX-License-Identifier: Apache-2.0
// What can be asked for by hand, what each kind needs, and which steps are open to whom.
import type { ChangeSet, ChangeState } from './change_calls.ts';

export const fieldNames = [
  'id',
  'address',
  'name',
  'into',
  'parent',
  'others',
  'kind',
  'division_code',
  'successor',
  'lon',
  'lat',
] as const;
export type FieldName = (typeof fieldNames)[number];

/** The fields of a request; `optional` ones may stay empty. Kinds that need more are drafted by the API or the command. */
export const changeForms = {
  'address.create': { needed: ['address'], optional: ['lon', 'lat'] },
  'address.renumber': { needed: ['id', 'name'], optional: [] },
  'address.move': { needed: ['id', 'parent'], optional: [] },
  'address.merge': { needed: ['id', 'others'], optional: [] },
  'address.retire': { needed: ['id'], optional: ['successor'] },
  'address.restore': { needed: ['id'], optional: [] },
  'place.create': { needed: ['name', 'kind', 'division_code'], optional: [] },
  'place.rename': { needed: ['id', 'name'], optional: [] },
  'place.merge': { needed: ['id', 'into'], optional: [] },
  'place.retire': { needed: ['id'], optional: [] },
} as const satisfies Record<string, { needed: readonly FieldName[]; optional: readonly FieldName[] }>;
export type FormKind = keyof typeof changeForms;
export const formKinds = Object.keys(changeForms) as FormKind[];

export type FieldValues = Partial<Record<FieldName, string>>;

/** The request that the values make, or the first field that is missing. */
export function requestOf(
  kind: FormKind,
  values: FieldValues,
): { request: Record<string, unknown> } | { missing: FieldName } {
  const form = changeForms[kind];
  const request: Record<string, unknown> = {};
  for (const name of [...form.needed, ...form.optional] as FieldName[]) {
    const text = (values[name] ?? '').trim();
    if (text === '') {
      if ((form.needed as readonly FieldName[]).includes(name)) return { missing: name };
      continue;
    }
    if (name === 'others') request[name] = text.split(/[\s,，、]+/).filter((id) => id !== '');
    else if (name === 'lon' || name === 'lat') request[name] = Number(text);
    else request[name] = text;
  }
  return { request };
}

/** What a set can become by hand. */
export type ChangeStep = Exclude<ChangeState, 'draft'>;

/** The steps that this account may take with a set. */
export function stepsOf(set: ChangeSet, account: string, isAdministrator: boolean): ChangeStep[] {
  const own = set.made_by === account;
  const steps: ChangeStep[] = [];
  if (set.state === 'draft' && own) steps.push('submitted');
  if (set.state === 'submitted' && !own && isAdministrator) steps.push('approved', 'returned');
  if (set.state === 'approved' && isAdministrator) steps.push('applied');
  if (set.state !== 'applied' && set.state !== 'withdrawn' && (own || isAdministrator)) steps.push('withdrawn');
  return steps;
}

/** A history's columns in which a version differs from the one before it. */
export function changedFields(before: Record<string, unknown>, after: Record<string, unknown>): string[] {
  return Object.keys(after)
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .sort();
}
