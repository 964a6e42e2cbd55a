// SPDX-License-Identifier: Apache-2.0
// The figures of coverage, each with the denominator that is meant, and the steps that a plate may take.
import type { Coverage, PlateState } from './types.ts';

export const figureNames = ['collected', 'regular', 'produced', 'installed', 'mapped', 'coded'] as const;
export type FigureName = (typeof figureNames)[number];

const whole: Record<FigureName, 'addresses' | 'collected' | 'plates' | 'produced'> = {
  collected: 'addresses',
  regular: 'collected',
  produced: 'plates',
  installed: 'produced',
  mapped: 'addresses',
  coded: 'addresses',
};

export interface Figure {
  part: number;
  of: number;
  /** Of a hundred, rounded down to a tenth: 100 means all. Undefined where there is nothing to divide. */
  percent: number | undefined;
}

export function figureOf(row: Coverage, name: FigureName): Figure {
  const of = row[whole[name]];
  const part = row[name];
  return { part, of, percent: of === 0 ? undefined : Math.floor((part * 1000) / of) / 10 };
}

/** Step by step name, with the name of the text on its button. */
export const stepsOfState: Record<PlateState, ('install' | 'inspect' | 'report' | 'mend' | 'replace' | 'withdraw')[]> =
  {
    planned: ['withdraw'],
    listed: ['withdraw'],
    produced: ['install', 'withdraw'],
    installed: ['inspect', 'report', 'replace', 'withdraw'],
    inspected: ['inspect', 'report', 'replace', 'withdraw'],
    damaged: ['mend', 'replace', 'withdraw'],
    replaced: ['withdraw'],
    withdrawn: [],
  };
