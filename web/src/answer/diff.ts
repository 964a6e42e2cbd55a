// SPDX-License-Identifier: Apache-2.0
// Where two address texts differ, character by character: a longest common subsequence over code points that prefers
// unbroken runs; full-width signs and letter case count as the same. Cost: product of the lengths; beyond 400 characters
// nothing is compared.

/** How a character of a candidate relates to the text as written and to the other candidates: "same" and "filled" are
    in every candidate, in the text or not; "agrees" and "differs" tell the candidates apart, in the text or not. */
export type Mark = 'same' | 'filled' | 'agrees' | 'differs';

export interface Piece<M extends string> {
  text: string;
  mark: M;
}

const lengthMax = 400;

/** The characters of a text as they are compared. */
function keysOf(text: string): string[] {
  return Array.from(text, (c) => c.normalize('NFKC').toLowerCase());
}

/** What two characters in a row are worth more than two apart: a match inside a name beats scattered letters. */
const runBonus = 2;

type Pair = [i: number, j: number];

/** The best alignment of `x` and `y`: matching positions, ascending in both. */
function align(x: string[], y: string[]): Pair[] {
  const n = Math.min(x.length, lengthMax);
  const m = Math.min(y.length, lengthMax);
  const width = m + 1;
  // Of the rests from (i, j) on: the best score, and the best one that begins with a match right there.
  const best = new Uint16Array((n + 1) * width);
  const matched = new Uint16Array((n + 1) * width);
  const at = (i: number, j: number): number => i * width + j;
  for (let i = n - 1; i >= 0; i--) {
    for (let j = m - 1; j >= 0; j--) {
      const next = at(i + 1, j + 1);
      if (x[i] === y[j])
        matched[at(i, j)] = 1 + Math.max(best[next]!, matched[next]! > 0 ? matched[next]! + runBonus : 0);
      best[at(i, j)] = Math.max(best[at(i + 1, j)]!, best[at(i, j + 1)]!, matched[at(i, j)]!);
    }
  }
  const pairs: Pair[] = [];
  let inRun = false;
  for (let i = 0, j = 0; i < n && j < m;) {
    const here = matched[at(i, j)]!;
    if (here > 0 && (inRun || here === best[at(i, j)]!)) {
      pairs.push([i, j]);
      const next = at(i + 1, j + 1);
      inRun = matched[next]! > 0 && matched[next]! + runBonus >= best[next]!;
      i++;
      j++;
    } else if (best[at(i + 1, j)]! >= best[at(i, j + 1)]!) {
      i++;
    } else {
      j++;
    }
  }
  return pairs;
}

/** For every character of `a`: whether it stands in `b` as well. A single character that matches by itself, away from
    the others, is chance and does not count; beside one exchanged character, or at the same end of both, it does. */
export function commonMask(a: string, b: string): boolean[] {
  const x = keysOf(a);
  const y = keysOf(b);
  const mask = new Array<boolean>(x.length).fill(false);
  const pairs = align(x, y);
  const near = (from: Pair | undefined, to: Pair | undefined): boolean =>
    from !== undefined && to !== undefined && to[0] - from[0] === to[1] - from[1] && to[0] - from[0] <= 2;
  pairs.forEach(([i, j], k) => {
    const atSameEnd = (i === 0 && j === 0) || (i === x.length - 1 && j === y.length - 1);
    mask[i] = atSameEnd || near(pairs[k - 1], pairs[k]) || near(pairs[k], pairs[k + 1]);
  });
  return mask;
}

function pieces<M extends string>(text: string, markAt: (index: number) => M): Piece<M>[] {
  const out: Piece<M>[] = [];
  Array.from(text).forEach((character, index) => {
    const mark = markAt(index);
    const last = out[out.length - 1];
    if (last?.mark === mark) last.text += character;
    else out.push({ text: character, mark });
  });
  return out;
}

/** The candidate `address` cut into pieces of one mark each. */
export function markCandidate(address: string, written: string, others: string[]): Piece<Mark>[] {
  const inText = commonMask(address, written);
  const inOthers = others.map((other) => commonMask(address, other));
  return pieces(address, (i) => {
    if (inOthers.some((mask) => !mask[i])) return inText[i] ? 'agrees' : 'differs';
    return inText[i] ? 'same' : 'filled';
  });
}

/** The text as written cut into pieces: "missing" is what `address` does not contain. */
export function markWritten(written: string, address: string): Piece<'same' | 'missing'>[] {
  const mask = commonMask(written, address);
  return pieces(written, (i) => (mask[i] ? 'same' : 'missing'));
}
