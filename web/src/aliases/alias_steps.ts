// SPDX-License-Identifier: Apache-2.0
// What can be done with an alias, and with which key.
import type { Alias, AliasState } from '@/api/types.ts';

export type AliasStep = Exclude<AliasState, 'proposed'>;
export type AliasKey = AliasStep | 'next' | 'previous' | 'preview';

/** The states it can go to. Whoever proposed it does not approve it. */
export function stepsOf(alias: Pick<Alias, 'state'>, isOwn: boolean): AliasStep[] {
  if (alias.state === 'proposed') return isOwn ? ['refused'] : ['approved', 'refused'];
  if (alias.state === 'refused') return isOwn ? [] : ['approved'];
  return alias.state === 'approved' ? ['withdrawn'] : [];
}

const keys: Record<string, AliasKey> = {
  j: 'next',
  k: 'previous',
  p: 'preview',
  a: 'approved',
  x: 'refused',
  w: 'withdrawn',
};

/** What a key press asks for; nothing while somebody types or holds another key. */
export function keyOfAlias(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'target'>,
): AliasKey | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const target = event.target as { tagName?: string; isContentEditable?: boolean } | null;
  if (target?.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target?.tagName ?? '')) return undefined;
  return keys[event.key.toLowerCase()];
}
