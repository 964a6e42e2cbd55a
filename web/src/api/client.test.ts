// SPDX-License-Identifier: Apache-2.0
// How answers of the server become errors, and what a request carries.
import { afterEach, expect, test, vi } from 'vitest';
import { ApiError, apiUrl, asApiError, errorOfResponse, isAbort, onSessionEnded, request } from './client.ts';

const problem = (fields: object): string => JSON.stringify({ type: 'about:blank', title: 'Conflict', ...fields });

function answerWith(status: number, body: string, headers: Record<string, string> = {}) {
  const fetched = vi.fn((_url: string, _init: RequestInit) =>
    Promise.resolve(new Response(status === 204 ? null : body, { status, headers })),
  );
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

afterEach(() => {
  vi.unstubAllGlobals();
  onSessionEnded(() => undefined);
});

test('a problem of the API keeps its code, its words and its request number', () => {
  const error = errorOfResponse(
    409,
    problem({ status: 409, code: 'conflict', detail: 'Started already.', request_id: 'r1' }),
    'header',
  );
  expect(error).toMatchObject({ status: 409, code: 'conflict', message: 'Started already.', requestId: 'r1' });
});

test('a problem without details shows its title', () => {
  expect(errorOfResponse(409, problem({ status: 409, code: 'conflict' }), '').message).toBe('Conflict');
});

test('a code that is not known is taken from the status', () => {
  expect(errorOfResponse(503, problem({ code: 'on_fire' }), '').code).toBe('unavailable');
});

test.each([
  [401, 'unauthenticated'],
  [403, 'forbidden'],
  [404, 'not_found'],
  [412, 'conflict'],
  [413, 'too_large'],
  [500, 'internal'],
  [502, 'unavailable'],
  [504, 'timed_out'],
  [507, 'disk_full'],
  [418, 'unreadable'],
])('a page of a proxy with status %i counts as %s, and its HTML is not shown', (status, code) => {
  expect(errorOfResponse(status, '<html>…</html>', 'r2')).toMatchObject({ code, message: '', requestId: 'r2' });
});

test('requests that change something carry the header against forgery, others do not', async () => {
  const fetched = answerWith(200, '{}');
  await request('GET', '/session');
  await request('POST', '/session', { json: { name: 'demo' } });
  const headers = fetched.mock.calls.map(([, init]) => init.headers as Record<string, string>);
  expect(headers[0]).not.toHaveProperty('X-Menpai');
  expect(headers[1]).toMatchObject({ 'X-Menpai': '1', 'Content-Type': 'application/json' });
});

test('an answer without a body is nothing', async () => {
  answerWith(204, '');
  expect(await request('DELETE', '/session')).toBeUndefined();
});

test('an answer that is not JSON is unreadable', async () => {
  answerWith(200, '<html>', { 'X-Request-Id': 'r3' });
  await expect(request('GET', '/session')).rejects.toMatchObject({ code: 'unreadable', requestId: 'r3' });
});

test('a server that does not answer is a network error, which may pass by itself', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  const error = await request('GET', '/session').catch(asApiError);
  expect(error).toMatchObject({ status: 0, code: 'network', transient: true });
});

test('a request that was given up stays a request that was given up', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new DOMException('stop', 'AbortError')));
  const error: unknown = await request('GET', '/session').catch((cause: unknown) => cause);
  expect(isAbort(error)).toBe(true);
});

test('an ended session is told once, except while signing in', async () => {
  const ended = vi.fn();
  onSessionEnded(ended);
  answerWith(401, problem({ status: 401, code: 'unauthenticated' }));
  await request('POST', '/session', { mayBeSignedOut: true }).catch(() => undefined);
  expect(ended).not.toHaveBeenCalled();
  await request('GET', '/cleaning-jobs').catch(() => undefined);
  expect(ended).toHaveBeenCalledOnce();
});

test('addresses are encoded and empty parameters left out', () => {
  expect(apiUrl('/addresses/find', { q: '港口镇 1号&2', region: '' })).toBe(
    '/api/v1/addresses/find?q=%E6%B8%AF%E5%8F%A3%E9%95%87+1%E5%8F%B7%262',
  );
  expect(apiUrl('/x', { after: 0, limit: undefined })).toBe('/api/v1/x?after=0');
});

test('only what may pass by itself is transient', () => {
  const codes = ['network', 'busy', 'unavailable', 'timed_out', 'conflict', 'forbidden', 'internal'] as const;
  expect(codes.filter((code) => new ApiError(500, code, '').transient)).toEqual([
    'network',
    'busy',
    'unavailable',
    'timed_out',
  ]);
});
