// SPDX-License-Identifier: Apache-2.0
// Where two address texts differ, character by character: longest common subsequence over code points, full-width
// signs and letter case counted as the same. Cost: product of the lengths; texts beyond 400 characters are cut.

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

/** For every character of `a`: whether it belongs to the longest common subsequence of `a` and `b`. */
export function commonMask(a: string, b: string): boolean[] {
  const x = keysOf(a);
  const y = keysOf(b);
  const mask = new Array<boolean>(x.length).fill(false);
  const n = Math.min(x.length, lengthMax);
  const m = Math.min(y.length, lengthMax);
  const width = m + 1;
  // best[i * width + j]: length of the longest common subsequence of x[i..] and y[j..].
  const best = new Uint16Array((n + 1) * width);
  for (let i = n - 1; i >= 0; i--) {
    for (let j = m - 1; j >= 0; j--) {
      best[i * width + j] = x[i] === y[j]
        ? best[(i + 1) * width + j + 1]! + 1
        : Math.max(best[(i + 1) * width + j]!, best[i * width + j + 1]!);
    }
  }
  for (let i = 0, j = 0; i < n && j < m;) {
    if (x[i] === y[j]) {
      mask[i] = true;
      i++;
      j++;
    } else if (best[(i + 1) * width + j]! >= best[i * width + j + 1]!) {
      i++;
    } else {
      j++;
    }
  }
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
