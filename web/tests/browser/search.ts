// SPDX-License-Identifier: Apache-2.0
// Finding one address.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mapIsDrawn, open, overflow, page, picture } from './stage.ts';
import { townAddresses, type TownAddress } from './town.ts';

const field = () => page.getByRole('combobox');
let known: TownAddress;

test('typing suggests registered addresses', async () => {
  await open('/search');
  known = (await townAddresses())[0]!;
  await field().fill(known.address);
  await page.getByRole('option').first().waitFor();
  const offered = await page.getByRole('option').allInnerTexts();
  assert.ok(
    offered.some((text) => text.includes(known.address)),
    `${known.address} is among ${offered.join(' | ')}`,
  );
});

test('a suggestion is chosen with the keys, and its answer shows grade, code, elements and place', async () => {
  const offered = await page.getByRole('option').allInnerTexts();
  const index = offered.findIndex((text) => text.split('\n')[0]!.trim() === known.address);
  assert.ok(index >= 0, `${known.address} itself is offered`);
  for (let i = 0; i <= index; i++) await field().press('ArrowDown');
  await field().press('Enter');
  await page.locator('.standard').filter({ hasText: known.address }).waitFor();
  await page.getByText('准确，可直接使用').waitFor();
  assert.ok((await page.locator('.elements tbody tr').count()) >= 3);
  assert.equal(await page.locator('.right.empty').count(), 0, 'the place is on the map');
  await mapIsDrawn();
  assert.equal(await overflow(), 0);
  await picture('search');
});

test('the answer is there again after a reload', async () => {
  await page.reload();
  await page.locator('.standard').filter({ hasText: known.address }).waitFor();
  assert.equal(await field().inputValue(), known.address);
});

test('an untidy text finds the same address and says what was not explained', async () => {
  const bare = known.address.replace(/^.*?省/, '');
  await field().fill(`${bare}（收件人电话13800000123）`);
  await field().press('Enter');
  await page.locator('.standard').filter({ hasText: known.address }).waitFor();
  await page.getByText('原文没写，已补全').first().waitFor();
});

test('of a text that is no address every letter is said to be unexplained', async () => {
  await field().fill('qwertyuiop');
  await field().press('Enter');
  await page.locator('mark').filter({ hasText: 'qwertyuiop' }).waitFor();
});

test('the answer leads to the address on the map', async () => {
  await open(`/search?q=${encodeURIComponent(known.address)}`);
  await page.getByRole('link', { name: '在地图上看' }).click();
  await page.locator('.card .text').filter({ hasText: known.address }).waitFor();
});
