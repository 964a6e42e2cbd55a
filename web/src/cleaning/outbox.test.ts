// SPDX-License-Identifier: Apache-2.0
// Decisions on their way to a server that is slow, away, or was told something else by somebody else.
import { expect, test } from 'vitest';
import { ApiError } from '@/api/client.ts';
import type { CleaningRow, RowDecision } from '@/api/types.ts';
import { Outbox, type Choice } from './outbox.ts';

const open: RowDecision = { choice: 'open', candidate: 0, by: '', at: '', version: 0 };
const accepted: Choice = { choice: 'accepted', candidate: 0 };
const unknown: Choice = { choice: 'unknown', candidate: 0 };
const second: Choice = { choice: 'candidate', candidate: 1 };

/** A server with decisions by row, which refuses stale versions as the real one does. */
class Server {
  readonly decisions = new Map<number, RowDecision>();
  readonly log: string[] = [];
  failures: ApiError[] = [];
  fetchFailures: ApiError[] = [];
  slept: number[] = [];
  /** Runs while a request is under way. */
  meanwhile: (() => void) | null = null;
  saved: number[] = [];

  row(number: number): CleaningRow {
    return { row: number, text: '', decision: this.decisions.get(number) ?? open } as CleaningRow;
  }
  decide(number: number, choice: Choice, by: string): CleaningRow {
    const version = (this.decisions.get(number)?.version ?? 0) + 1;
    this.decisions.set(number, { ...choice, by, at: '', version });
    return this.row(number);
  }
  outbox(): Outbox {
    return new Outbox({
      send: async (number, choice, version) => {
        this.log.push(`${number} ${choice.choice} v${version}`);
        await Promise.resolve();
        this.meanwhile?.();
        const failure = this.failures.shift();
        if (failure) throw failure;
        if (this.row(number).decision.version !== version) throw new ApiError(412, 'conflict', '');
        return this.decide(number, choice, 'me');
      },
      fetch: async (number) => {
        const failure = this.fetchFailures.shift();
        if (failure) throw failure;
        return Promise.resolve(this.row(number));
      },
      sleep: (ms) => {
        this.slept.push(ms);
        return Promise.resolve();
      },
      saved: (row) => this.saved.push(row.row),
      changed: () => undefined,
    });
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

test('decisions are sent one after the other, and nothing is left', async () => {
  const server = new Server();
  const outbox = server.outbox();
  outbox.put(3, accepted);
  outbox.put(7, unknown);
  expect(outbox.unsaved).toBe(2);
  await settled();
  expect(server.log).toEqual(['3 accepted v0', '7 unknown v0']);
  expect(outbox.unsaved).toBe(0);
  expect(server.saved).toEqual([3, 7]);
});

test('the version that was seen goes along', async () => {
  const server = new Server();
  server.decide(3, unknown, 'zhang');
  const outbox = server.outbox();
  outbox.know(3, server.row(3).decision);
  outbox.put(3, accepted);
  await settled();
  expect(server.log).toEqual(['3 accepted v1']);
});

test('a change of mind while sending is sent afterwards, with the new version', async () => {
  const server = new Server();
  const outbox = server.outbox();
  server.meanwhile = () => {
    server.meanwhile = null;
    outbox.put(3, second);
  };
  outbox.put(3, accepted);
  await settled();
  expect(server.log).toEqual(['3 accepted v0', '3 candidate v1']);
  expect(server.decisions.get(3)).toMatchObject({ choice: 'candidate', candidate: 1 });
  expect(outbox.unsaved).toBe(0);
});

test('while the network is away it tries again, waiting longer each time', async () => {
  const server = new Server();
  server.failures = [0, 0, 0].map(() => new ApiError(0, 'network', ''));
  const outbox = server.outbox();
  outbox.put(3, accepted);
  await settled();
  expect(server.slept).toEqual([1000, 2000, 4000]);
  expect(outbox.unsaved).toBe(0);
});

test('what the server refuses waits for the person, and the others go on', async () => {
  const server = new Server();
  server.failures = [new ApiError(403, 'forbidden', 'No.')];
  const outbox = server.outbox();
  outbox.put(3, accepted);
  outbox.put(4, accepted);
  await settled();
  expect(outbox.get(3)).toMatchObject({ state: 'failed', error: { code: 'forbidden' } });
  expect(outbox.unsaved).toBe(1);
  outbox.retry();
  await settled();
  expect(outbox.unsaved).toBe(0);
});

test('a decision that failed can be given up', async () => {
  const server = new Server();
  server.failures = [new ApiError(404, 'not_found', '')];
  const outbox = server.outbox();
  outbox.put(3, accepted);
  await settled();
  outbox.discard(3);
  expect(outbox.unsaved).toBe(0);
});

test('what another account decided is not sent any more', async () => {
  const server = new Server();
  const outbox = server.outbox();
  server.meanwhile = () => outbox.close();
  outbox.put(3, accepted);
  outbox.put(4, accepted);
  await settled();
  expect(server.log).toEqual(['3 accepted v0']);
  expect(outbox.unsaved).toBe(0);
});

test('where somebody else was first, both decisions are shown', async () => {
  const server = new Server();
  server.decide(3, unknown, 'zhang');
  const outbox = server.outbox();
  outbox.put(3, accepted);
  await settled();
  expect(outbox.get(3)).toMatchObject({
    state: 'conflict',
    choice: 'accepted',
    theirs: { decision: { choice: 'unknown', by: 'zhang' } },
  });
});

test('keeping the other decision sends nothing more', async () => {
  const server = new Server();
  server.decide(3, unknown, 'zhang');
  const outbox = server.outbox();
  outbox.put(3, accepted);
  await settled();
  outbox.resolve(3, false);
  await settled();
  expect(server.decisions.get(3)).toMatchObject({ choice: 'unknown', by: 'zhang' });
  expect(outbox.unsaved).toBe(0);
});

test('putting one’s own over it goes with the version of the other', async () => {
  const server = new Server();
  server.decide(3, unknown, 'zhang');
  const outbox = server.outbox();
  outbox.put(3, accepted);
  await settled();
  outbox.resolve(3, true);
  await settled();
  expect(server.log).toEqual(['3 accepted v0', '3 accepted v1']);
  expect(server.decisions.get(3)).toMatchObject({ choice: 'accepted', by: 'me' });
});

test('two people who decide the same are not bothered', async () => {
  const server = new Server();
  server.decide(3, second, 'zhang');
  const outbox = server.outbox();
  outbox.put(3, second);
  await settled();
  expect(outbox.unsaved).toBe(0);
  expect(server.saved).toEqual([3]);
});

test('a conflict whose other side cannot be fetched now is tried again', async () => {
  const server = new Server();
  server.decide(3, unknown, 'zhang');
  server.fetchFailures = [new ApiError(0, 'network', '')];
  const outbox = server.outbox();
  outbox.put(3, accepted);
  await settled();
  expect(outbox.get(3)?.state).toBe('conflict');
});
