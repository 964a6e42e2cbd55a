// SPDX-License-Identifier: Apache-2.0
// A decision in words.
import { t } from '@/i18n/index.ts';
import type { Choice } from './outbox.ts';

export function decisionWords(choice: Choice): string {
  return choice.choice === 'candidate'
    ? t('decision.candidate', { n: choice.candidate + 1 })
    : t(`decision.${choice.choice}`);
}
