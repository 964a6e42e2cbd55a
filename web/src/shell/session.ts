// SPDX-License-Identifier: Apache-2.0
// Who is signed in, for the whole application.
import { reactive } from 'vue';
import { getSession, signIn as callSignIn, signOut as callSignOut } from '@/api/calls.ts';
import { asApiError } from '@/api/client.ts';
import type { Account } from '@/api/types.ts';

interface State {
  /** Whether the server has been asked yet. */
  known: boolean;
  account: Account | null;
  version: string;
  region: string;
}

export const session = reactive<State>({ known: false, account: null, version: '', region: '' });

/** Asks the server who is signed in. Throws where the server gives no answer to that question. */
export async function loadSession(): Promise<void> {
  try {
    const answer = await getSession();
    session.account = answer.account;
    session.version = answer.version;
    session.region = answer.region;
  } catch (cause) {
    const error = asApiError(cause);
    if (error.status !== 401) throw error;
    session.account = null;
  }
  session.known = true;
}

export async function signIn(name: string, password: string): Promise<void> {
  const { account } = await callSignIn(name, password);
  session.account = account;
  if (!account.must_change_password) await loadSession();
}

export async function signOut(): Promise<void> {
  try {
    await callSignOut();
  } catch (cause) {
    const error = asApiError(cause);
    if (error.status !== 401) throw error;
  }
  session.account = null;
}

/** The session is over on the server's side. */
export function forgetSession(): void {
  session.account = null;
}
