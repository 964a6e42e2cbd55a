// SPDX-License-Identifier: Apache-2.0
// A floor plan from the fields of a form.

export interface PlanForm {
  units: number;
  floors: number;
  rooms: number;
  basements: number;
  skippedFloors: string;
  skippedRooms: string;
  naming: 'floor_room' | 'letters' | 'unit_floor_room';
  /** Anything else of a plan, as JSON: exceptions, mezzanines, subdivisions. */
  more: string;
}

/** "4, 13、14" → [4, 13, 14]; what is no number is left out. */
export function numbersOf(text: string): number[] {
  return text
    .split(/[^0-9]+/)
    .filter((part) => part !== '')
    .map(Number);
}

/** Throws SyntaxError where `more` is no JSON object. */
export function planOf(form: PlanForm): Record<string, unknown> {
  const plan: Record<string, unknown> = {
    floors: form.floors,
    rooms_a_floor: form.rooms,
    naming: form.naming,
  };
  if (form.units > 0) plan.units = form.units;
  if (form.basements > 0) plan.basements = form.basements;
  const floors = numbersOf(form.skippedFloors);
  const rooms = numbersOf(form.skippedRooms);
  if (floors.length > 0) plan.skipped_floors = floors;
  if (rooms.length > 0) plan.skipped_rooms = rooms;
  if (form.more.trim() === '') return plan;
  const more: unknown = JSON.parse(form.more);
  if (typeof more !== 'object' || more === null || Array.isArray(more)) throw new SyntaxError('an object is needed');
  return { ...plan, ...more };
}
