// SPDX-License-Identifier: Apache-2.0
// One way to the server: every request carries the header against forged requests, every failure becomes an ApiError.
import { errorCodes, type ErrorCode, type Problem } from './types.ts';

export const apiRoot = '/api/v1';

/** A failed request. `network` stands for no answer at all, `unreadable` for one that is not the API's. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: ErrorCode | 'network' | 'unreadable';
  readonly requestId: string;

  constructor(status: number, code: ErrorCode | 'network' | 'unreadable', message: string, requestId = '') {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.requestId = requestId;
  }

  /** Whether the same request may well succeed later without anybody doing anything. */
  get transient(): boolean {
    return this.code === 'network' || this.code === 'busy' || this.code === 'unavailable' || this.code === 'timed_out';
  }
}

export type Query = Record<string, string | number | undefined>;

export interface RequestOptions {
  query?: Query;
  json?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
  /** For the requests of signing in itself, where 401 is an answer and not the end of a session. */
  mayBeSignedOut?: boolean;
}

let sessionEnded: () => void = () => undefined;

/** Says what to do when the server answers that nobody is signed in. */
export function onSessionEnded(handler: () => void): void {
  sessionEnded = handler;
}

export function apiUrl(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString();
  return apiRoot + path + (text ? `?${text}` : '');
}

/** The error that an answer's status and body stand for. */
export function errorOfResponse(status: number, body: string, requestId: string): ApiError {
  let problem: Partial<Problem> = {};
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed === 'object' && parsed !== null) problem = parsed;
  } catch {
    return new ApiError(status, codeOfStatus(status), '', requestId);
  }
  const code = errorCodes.find((known) => known === problem.code) ?? codeOfStatus(status);
  return new ApiError(status, code, problem.detail ?? problem.title ?? '', problem.request_id ?? requestId);
}

/** For answers of a proxy in between, which knows nothing of our codes. */
function codeOfStatus(status: number): ErrorCode | 'unreadable' {
  const table: Record<number, ErrorCode> = {
    400: 'bad_request',
    401: 'unauthenticated',
    403: 'forbidden',
    404: 'not_found',
    408: 'timed_out',
    409: 'conflict',
    412: 'conflict',
    413: 'too_large',
    415: 'unsupported',
    429: 'busy',
    500: 'internal',
    502: 'unavailable',
    503: 'unavailable',
    504: 'timed_out',
    507: 'disk_full',
  };
  return table[status] ?? 'unreadable';
}

/** Told by every way a request is made (fetch, upload) when it failed. */
export function reportFailure(error: ApiError): void {
  if (error.status === 401) sessionEnded();
}

export async function request<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json', ...options.headers };
  if (method !== 'GET') headers['X-Menpai'] = '1';
  const init: RequestInit = { method, headers, credentials: 'same-origin', cache: 'no-store' };
  if (options.json !== undefined) {
    headers['Content-Type'] = 'application/json';
    init.body = JSON.stringify(options.json);
  }
  if (options.signal) init.signal = options.signal;

  let response: Response;
  let body: string;
  try {
    response = await fetch(apiUrl(path, options.query), init);
    body = await response.text();
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiError(0, 'network', '');
  }
  if (!response.ok) {
    const error = errorOfResponse(response.status, body, response.headers.get('X-Request-Id') ?? '');
    if (!options.mayBeSignedOut) reportFailure(error);
    throw error;
  }
  if (body === '') return undefined as T;
  try {
    return JSON.parse(body) as T;
  } catch {
    throw new ApiError(response.status, 'unreadable', '', response.headers.get('X-Request-Id') ?? '');
  }
}

/** Whether `error` says that the request was given up by ourselves. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

export function asApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError(0, 'unreadable', error instanceof Error ? error.message : '');
}
