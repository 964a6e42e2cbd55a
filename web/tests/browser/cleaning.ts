// SPDX-License-Identifier: Apache-2.0
// From a dropped file to the downloaded result.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { api, open, overflow, page, picture, until } from './stage.ts';
import { columns, fileName, makeList } from './list.ts';
import { townAddresses } from './town.ts';

export const rowCount = 4000;
let job = '';
/** The job that these tests cleaned; the tests of settling go on with it. */
export const cleanedJob = (): string => job;

/** Drops a file on the page, as a mouse would. */
async function drop(name: string, text: string): Promise<void> {
  const data = await page.evaluateHandle(
    ([fileName_, content]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content!], fileName_!, { type: 'text/csv' }));
      return transfer;
    },
    [name, text],
  );
  await page.dispatchEvent('main', 'dragover', { dataTransfer: data });
  await page.getByText('松手即上传').waitFor();
  await page.dispatchEvent('main', 'drop', { dataTransfer: data });
}

test('an empty file is refused before it is sent', async () => {
  await open('/cleaning');
  await page.getByRole('heading', { name: '地址清洗' }).waitFor();
  await page.setInputFiles('input[type=file]', { name: 'empty.csv', mimeType: 'text/csv', buffer: Buffer.alloc(0) });
  await page.getByText('文件是空的').waitFor();
});

test('a file that is no table is refused by the server, with what to do and the request’s number', async () => {
  const junk = Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 197 + 31) % 256));
  await page.setInputFiles('input[type=file]', {
    name: 'junk.xlsx',
    mimeType: 'application/octet-stream',
    buffer: junk,
  });
  await page.getByRole('alert').filter({ hasText: '请求编号' }).waitFor();
});

test('a dropped file is uploaded, and the likely column is chosen', async () => {
  await drop(fileName, makeList(await townAddresses(), rowCount));
  await page.getByRole('heading', { name: '前 10 行试算' }).waitFor();
  job = /cleaning\/([^/?]+)/.exec(page.url())![1]!;
  assert.equal(await page.getByLabel('地址在哪一列').inputValue(), '经营地址');
  assert.equal(await page.locator('.preview tbody tr').count(), 10);
  assert.ok((await page.locator('.preview .answer .g-A').count()) > 0, 'tidy rows are graded A before the start');
});

test('another column can be tried by clicking its name', async () => {
  await page.getByRole('button', { name: '店名' }).click();
  await until('the other column is previewed', async () => (await page.locator('th.chosen').innerText()) === '店名');
  await page.getByLabel('地址在哪一列').selectOption('经营地址');
  await until('the address column is back', async () => (await page.locator('th.chosen').innerText()) === '经营地址');
});

test('a region is chosen level by level, and column and region outlive a reload', async () => {
  const fields = page.getByRole('group', { name: '这份清单来自' }).getByRole('combobox');
  await fields.nth(0).selectOption('44');
  await until('the level below is offered', async () => (await fields.count()) === 2);
  await fields.nth(1).selectOption('4420');
  await until('the region stands in the address', async () => /region=4420(&|$)/.test(page.url()));
  await page.reload();
  await page.getByRole('heading', { name: '前 10 行试算' }).waitFor();
  await until(
    'the region is chosen again',
    async () => (await fields.count()) >= 2 && (await fields.nth(1).inputValue()) === '4420',
  );
  assert.equal(await page.getByLabel('地址在哪一列').inputValue(), '经营地址');
  assert.equal(await overflow(), 0);
  await picture('cleaning-preview');
});

test('once started it runs to its end, and every row has a grade', async () => {
  await page.getByRole('button', { name: '开始清洗' }).click();
  await page.getByRole('heading', { name: '清洗完成' }).waitFor({ timeout: 120000 });
  assert.equal((await page.getByTestId('rows-done').innerText()).replace(/\D/g, ''), String(rowCount));
  const { grade_count: counts, held } = await api<{ grade_count: Record<string, number>; held: number }>(
    'GET',
    `/cleaning-jobs/${job}`,
  );
  assert.equal(
    Object.values(counts).reduce((a, b) => a + b),
    rowCount,
  );
  const shown = await page.locator('.legend .figure').allInnerTexts();
  assert.deepEqual(
    shown.map((text) => Number(text.split('·')[0]!.replace(/\D/g, ''))),
    ['A', 'B', 'C', 'none'].map((g) => counts[g]),
  );
  await page.getByText(`还有 ${held.toLocaleString('en')} 行等人确认`).waitFor();
  assert.equal(await overflow(), 0);
  await picture('cleaning');
});

test('the result downloads as CSV with all its rows and columns', async () => {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '下载 CSV' }).click(),
  ]);
  const bytes = readFileSync(await download.path());
  assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf], 'with a byte order mark, for Excel');
  const lines = bytes.toString('utf8').slice(1).trimEnd().split(/\r?\n/);
  assert.equal(lines.length, rowCount + 1);
  const header = lines[0]!.split(',');
  assert.deepEqual(header.slice(0, columns.length), columns);
  for (const name of ['mp_grade', 'mp_score', 'mp_address', 'mp_code', 'mp_reasons', 'mp_residue'])
    assert.ok(header.includes(name), name);
});

test('and as XLSX', async () => {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '下载 XLSX' }).click(),
  ]);
  assert.match(download.suggestedFilename(), /\.xlsx$/);
  assert.equal(
    readFileSync(await download.path())
      .subarray(0, 2)
      .toString(),
    'PK',
  );
});

test('the list of jobs shows it, and a job is deleted only after a question', async () => {
  await open('/cleaning');
  await page.getByRole('link', { name: fileName }).first().waitFor();
  await page.setInputFiles('input[type=file]', {
    name: '要删除的.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('地址\n港口镇\n'),
  });
  await page.getByRole('heading', { name: '要删除的.csv' }).waitFor();
  await page.getByRole('link', { name: '所有清单' }).click();
  await page.getByRole('button', { name: '删除 要删除的.csv' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '取消' }).click();
  await page.getByRole('link', { name: '要删除的.csv' }).waitFor();
  await page.getByRole('button', { name: '删除 要删除的.csv' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '删除' }).click();
  await page.getByRole('link', { name: '要删除的.csv' }).waitFor({ state: 'detached' });
  await page.getByRole('link', { name: fileName }).first().waitFor();
  await picture('cleaning-list');
});
