// SPDX-License-Identifier: Apache-2.0
// Settling doubtful rows by keys.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cleanedJob } from './cleaning.ts';
import { api, mapIsDrawn, open, overflow, page, picture, until } from './stage.ts';

interface Row {
  row: number;
  text: string;
  answer: { address: string; candidates: unknown[] };
  decision: { choice: string; candidate: number; by: string; version: number };
}

const rows = async (query: string): Promise<Row[]> =>
  (await api<{ items: Row[] }>('GET', `/cleaning-jobs/${cleanedJob()}/rows?${query}`)).items;
const rowNow = async (row: number): Promise<Row> => (await rows(`filter=all&after=${row - 1}&limit=1`))[0]!;
const decisionOf = async (row: number): Promise<string> => (await rowNow(row)).decision.choice;
const shownRow = async (): Promise<number> =>
  Number((await page.locator('.rowhead h2').innerText()).replace(/\D/g, ''));
const saved = (): Promise<void> => page.getByTestId('save-state').filter({ hasText: '已保存' }).waitFor();

async function openRow(row: number): Promise<void> {
  await open(`/cleaning/${cleanedJob()}/settle?filter=held&row=${row}`);
  await page.reload();
  await until(`row ${row} is shown`, async () => (await shownRow()) === row);
}

/** Doubtful rows that nobody settled, with at least so many candidates. */
async function openRows(candidates: number): Promise<Row[]> {
  return (await rows('filter=open&after=0&limit=500')).filter((row) => row.answer.candidates.length >= candidates);
}

test('the doubtful rows are listed, the first is at work, and only the visible ones are in the page', async () => {
  await open(`/cleaning/${cleanedJob()}`);
  await page.getByRole('link', { name: '处理存疑行' }).click();
  const [first] = await rows('filter=open&after=0&limit=1');
  await until('the first row is shown', async () => (await shownRow()) === first!.row);
  assert.ok((await page.getByRole('option').count()) < 60);
  const { held } = await api<{ held: number }>('GET', `/cleaning-jobs/${cleanedJob()}`);
  assert.ok(held > 200, `there is more than one page of doubtful rows (${held})`);
});

test('scrolling far down fetches more rows and keeps the page light', async () => {
  const list = page.getByRole('listbox');
  for (let i = 0; i < 12; i++) {
    await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await page.waitForTimeout(120);
  }
  const size = Number(await page.getByRole('option').last().getAttribute('aria-setsize'));
  assert.ok(size > 200, `${size} rows are loaded`);
  assert.ok((await page.getByRole('option').count()) < 60);
});

test('a key chooses a candidate, the next open row comes up, and the server has the decision', async () => {
  const [row] = await openRows(1);
  assert.ok(row, 'some doubtful row has a candidate');
  await openRow(row.row);
  assert.equal(await page.locator('.raw').first().innerText(), row.text);
  await page.waitForTimeout(500);
  if ((await page.locator('.desk .map').count()) > 0) await mapIsDrawn();
  await picture('settle');
  await page.keyboard.press('1');
  await until('another row is shown', async () => (await shownRow()) > row.row);
  await saved();
  const { choice, candidate, version } = (await rowNow(row.row)).decision;
  assert.deepEqual([choice, candidate, version], ['candidate', 0, 1]);
});

test('U says that there is no such address, A accepts the answer, Z takes back', async () => {
  const some = (await openRows(0)).filter((row) => row.answer.address !== '');
  const [row] = some;
  assert.ok(row, 'some doubtful row has an answer of the engine');
  await openRow(row.row);
  await page.keyboard.press('u');
  await saved();
  assert.equal(await decisionOf(row.row), 'unknown');
  await page.keyboard.press('z');
  await until('the row is back', async () => (await shownRow()) === row.row);
  await saved();
  assert.equal(await decisionOf(row.row), 'open');
  await page.keyboard.press('a');
  await saved();
  assert.equal(await decisionOf(row.row), 'accepted');
});

test('J and K walk, and the row outlives a reload', async () => {
  const [first, second] = await rows('filter=held&after=0&limit=2');
  await openRow(first!.row);
  await page.keyboard.press('j');
  await until('the next row is shown', async () => (await shownRow()) === second!.row);
  await until('it stands in the address', async () => page.url().includes(`row=${second!.row}`));
  await page.reload();
  await until('it is shown again', async () => (await shownRow()) === second!.row);
  await page.keyboard.press('k');
  await until('the row before is fetched and shown', async () => (await shownRow()) === first!.row);
});

test('the keys are explained', async () => {
  await page.keyboard.press('?');
  await page.getByRole('dialog').getByText('下一个待处理的行').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
});

test('where somebody else was first, both decisions are shown and one is kept', async () => {
  const [row] = await openRows(1);
  assert.ok(row, 'some doubtful row has a candidate');
  await openRow(row.row);
  await api(
    'PUT',
    `/cleaning-jobs/${cleanedJob()}/rows/${row.row}/decision`,
    { choice: 'unknown', candidate: 0 },
    { 'If-Match': `"${row.decision.version}"` },
  );
  await page.keyboard.press('1');
  await page.getByRole('alertdialog').waitFor();
  assert.equal(await page.getByRole('alertdialog').getByText('查无此址').count(), 1);
  await picture('settle-conflict');
  await page.getByRole('button', { name: '改为我的' }).click();
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  await saved();
  assert.equal((await rowNow(row.row)).decision.version, row.decision.version + 2);
  assert.notEqual(await decisionOf(row.row), 'unknown');
});

test('while the network is away decisions are kept, and they are sent when it is back', async () => {
  const [row] = await openRows(0);
  await openRow(row!.row);
  await page.context().setOffline(true);
  try {
    await page.keyboard.press('u');
    await page.getByTestId('save-state').filter({ hasText: '1 条没有保存' }).waitFor();
    await until('the page says so once', async () => (await page.getByText('连不上服务器').count()) === 1);
  } finally {
    await page.context().setOffline(false);
  }
  await saved();
  assert.equal(await page.getByText('连不上服务器').count(), 0);
  assert.equal(await decisionOf(row!.row), 'unknown');
});

test('the figures follow the work', async () => {
  const job = await api<{ held: number; decided: number }>('GET', `/cleaning-jobs/${cleanedJob()}`);
  await open(`/cleaning/${cleanedJob()}/settle?filter=decided`);
  await page.reload();
  const text = await page.getByTestId('settle-progress').innerText();
  assert.deepEqual(text.replace(/,/g, '').match(/\d+/g)?.map(Number), [job.decided, job.held + job.decided]);
  await until('all settled rows are listed', async () => (await page.getByRole('option').count()) === job.decided);
  assert.equal(await overflow(), 0);
});
