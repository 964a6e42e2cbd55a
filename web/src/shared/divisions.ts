// SPDX-License-Identifier: Apache-2.0
// Administrative divisions as the pages need them: children of one, and the way down to one; each asked for only once.
import { getDivision, listDivisions } from '@/api/calls.ts';
import type { Division } from '@/api/types.ts';

const children = new Map<string, Promise<Division[]>>();
const single = new Map<string, Promise<Division>>();

/** What failed is forgotten, so that the next time asks again. */
function remember<T>(store: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const known = store.get(key);
  if (known) return known;
  const asked = ask();
  store.set(key, asked);
  asked.catch(() => store.delete(key));
  return asked;
}

/** Divisions right below `parent`; provinces for an empty code. */
export function childDivisions(parent: string): Promise<Division[]> {
  return remember(children, parent, () => listDivisions(parent));
}

/** The division and those above it, outermost first. */
export async function divisionPath(code: string): Promise<Division[]> {
  const path: Division[] = [];
  for (let at = code; at !== '' && path.length < 8;) {
    const division = await remember(single, at, () => getDivision(at));
    path.unshift(division);
    at = division.parent;
  }
  return path;
}

/** "广东省 中山市 港口镇". */
export async function divisionName(code: string): Promise<string> {
  return (await divisionPath(code)).map((division) => division.name).join(' ');
}
