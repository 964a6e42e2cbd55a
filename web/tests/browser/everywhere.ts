// SPDX-License-Identifier: Apache-2.0
// What holds on every page: language, narrow screens, an ended session, no other host, no refusal, no error.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cleanedJob } from './cleaning.ts';
import { mapIsDrawn, narrow, noticed, open, overflow, ownPassword, page, picture, user, wide } from './stage.ts';
import { townAddresses } from './town.ts';

async function pages(): Promise<[name: string, path: string, seen: string][]> {
  const [address] = await townAddresses();
  return [
    ['search', `/search?q=${encodeURIComponent(address!.address)}`, '.standard'],
    ['cleaning-list', '/cleaning', 'table.plain'],
    ['cleaning', `/cleaning/${cleanedJob()}`, '.legend'],
    ['settle', `/cleaning/${cleanedJob()}/settle?filter=held`, '.cards'],
    ['map', '/map', '.canvas'],
    ['password', '/password', '#old'],
  ];
}

test('the language is switched, and stays switched', async () => {
  await open('/cleaning');
  await page.getByRole('button', { name: '切换为英文' }).click();
  await page.getByRole('heading', { name: 'Address cleaning' }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en-GB');
  await page.reload();
  await page.getByRole('heading', { name: 'Address cleaning' }).waitFor();
});

test('in English no page shows Chinese of its own', async () => {
  for (const [name, path] of await pages()) {
    await open(path);
    await page.waitForTimeout(300);
    const controls = await page.locator('button, label, th[scope=col], h1, h2').allInnerTexts();
    const chinese = controls.filter(
      (text) => /[\u4e00-\u9fff]/.test(text) && !/中文|港口|中山|广东|店名|经营地址|序号|电话|地址不详/.test(text),
    );
    assert.deepEqual(chinese, [], name);
  }
  await page.getByRole('button', { name: 'Switch to Chinese' }).click();
});

test('every page fits a phone', async () => {
  await page.setViewportSize(narrow);
  try {
    for (const [name, path, seen] of await pages()) {
      await open(path);
      await page.locator(seen).first().waitFor();
      if (name === 'map' || name === 'search') await mapIsDrawn();
      assert.equal(await overflow(), 0, `${name} is not wider than the screen`);
      await picture(`narrow-${name}`);
    }
  } finally {
    await page.setViewportSize(wide);
  }
});

test('every field and button has a name', async () => {
  for (const [name, path, seen] of await pages()) {
    await open(path);
    await page.locator(seen).first().waitFor();
    const nameless = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('input, select, textarea, button')]
        .filter((element) => {
          if (element.closest('[aria-hidden="true"]') || element.getAttribute('aria-hidden') === 'true') return false;
          const labels = (element as HTMLInputElement).labels;
          return (
            !element.getAttribute('aria-label') &&
            !(labels && labels.length > 0) &&
            element.innerText.trim() === '' &&
            !element.title
          );
        })
        .map((element) => element.outerHTML.slice(0, 120)),
    );
    assert.deepEqual(nameless, [], name);
  }
});

test('a page that does not exist says so', async () => {
  await open('/nowhere');
  await page.getByRole('heading', { name: '没有这个页面' }).waitFor();
});

test('when the session ends, the sign-in page says so and leads back', async () => {
  await open('/cleaning');
  await page.getByRole('heading', { name: '地址清洗' }).waitFor();
  await page.context().clearCookies();
  await page.getByRole('link', { name: '港口镇商铺摸底.csv' }).first().click();
  await page.getByText('登录已失效').waitFor();
  await page.getByLabel('账号', { exact: true }).fill(user);
  await page.getByLabel('密码', { exact: true }).fill(ownPassword);
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByRole('heading', { name: '清洗完成' }).waitFor();
});

test('no other host was asked for anything', () => assert.deepEqual(noticed.foreign, []));
test('the content security policy refused nothing', () => assert.deepEqual(noticed.refused, []));
test('no page had an error', () => assert.deepEqual(noticed.errors, []));
