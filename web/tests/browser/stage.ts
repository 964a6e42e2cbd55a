// SPDX-License-Identifier: Apache-2.0
// The browser that all tests share, and what it notices: requests to other hosts, errors of the page, refusals of the
// content security policy.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { chromium, type BrowserContext, type Page } from 'playwright-core';

export const origin = new URL(process.env.MENPAI_URL!).origin;
export const user = process.env.MENPAI_USER!;
export const firstPassword = process.env.MENPAI_PASSWORD!;
/** The account's own password, once the one-time password is changed. */
export const ownPassword = 'seven green plates on the bridge';

const pictures = process.env.MENPAI_SCREENSHOTS ?? '';
const folder = mkdtempSync(join(tmpdir(), 'menpai-browser-'));

export const noticed = { foreign: [] as string[], errors: [] as string[], refused: [] as string[] };
export const wide = { width: 1280, height: 800 };
export const narrow = { width: 390, height: 844 };

let context: BrowserContext;
export let page: Page;

before(async () => {
  context = await chromium.launchPersistentContext(folder, {
    executablePath: process.env.MENPAI_BROWSER ?? '/usr/bin/chromium',
    headless: true,
    viewport: wide,
    locale: 'zh-CN',
    acceptDownloads: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--enable-unsafe-swiftshader',
    ],
  });
  page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(20000);
  context.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith('blob:') && !url.startsWith('data:')) noticed.foreign.push(url);
  });
  page.on('pageerror', (error) => noticed.errors.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) noticed.refused.push(message.text());
  });
});

after(async () => {
  await context.close();
  rmSync(folder, { recursive: true, force: true });
});

export async function picture(name: string): Promise<void> {
  if (pictures === '') return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}

/** Opens a page of the application by its address within it. */
export async function open(path: string): Promise<void> {
  await page.goto(`${origin}/#${path}`);
}

/** A request of the signed-in account, made in the page. */
export async function api<T>(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<T> {
  const answer = await page.evaluate(
    async ([m, p, b, h]) => {
      const response = await fetch(`/api/v1${p}`, {
        method: m as string,
        headers: {
          'X-Menpai': '1',
          ...(b === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...(h as Record<string, string>),
        },
        ...(b === undefined ? {} : { body: JSON.stringify(b) }),
      });
      return { status: response.status, text: await response.text() };
    },
    [method, path, body, headers] as const,
  );
  assert.ok(answer.status < 400, `${method} ${path}: ${answer.status} ${answer.text}`);
  return (answer.text === '' ? undefined : JSON.parse(answer.text)) as T;
}

/** Waits until `look` gives something, and returns it. */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | null | false>,
  ms = 20000,
): Promise<T> {
  for (const end = Date.now() + ms; Date.now() < end;) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new assert.AssertionError({ message: `After ${ms / 1000} s still not: ${what}` });
}

export async function mapIsDrawn(): Promise<void> {
  await page.locator('.canvas[data-idle="true"]').waitFor();
}

/** The width by which the page is wider than the screen. */
export function overflow(): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}
