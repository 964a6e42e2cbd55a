// SPDX-License-Identifier: Apache-2.0
// Signing in for the first time.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstPassword, open, origin, overflow, ownPassword, page, picture, user } from './stage.ts';

async function signIn(password: string): Promise<void> {
  await page.getByLabel('账号', { exact: true }).fill(user);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: '登录' }).click();
}

test('whoever is not signed in is led to the sign-in page, and nothing else is shown', async () => {
  await open('/cleaning');
  await page.getByRole('heading', { name: '登录' }).waitFor();
  assert.match(page.url(), /#\/sign-in\?back=\/cleaning$/);
  assert.equal(await page.getByRole('navigation').count(), 0);
  await picture('sign-in');
});

test('an empty form says what is missing', async () => {
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByRole('alert').filter({ hasText: '请输入账号' }).waitFor();
});

test('a wrong password is told in words, and the field is emptied', async () => {
  await signIn('not the password');
  await page.getByRole('alert').filter({ hasText: '账号或密码不对' }).waitFor();
  assert.equal(await page.getByLabel('密码', { exact: true }).inputValue(), '');
});

test('a one-time password must be changed before anything else', async () => {
  await signIn(firstPassword);
  await page.getByRole('heading', { name: '修改密码' }).waitFor();
  await open('/map');
  await page.getByRole('heading', { name: '修改密码' }).waitFor();
  assert.equal(await page.getByRole('navigation').count(), 0);
});

test('the new password is checked before it is sent, and by the server', async () => {
  const save = page.getByRole('button', { name: '保存新密码' });
  await page.getByLabel('当前密码').fill('not the password');
  await page.getByLabel('新密码', { exact: true }).fill('short');
  await page.getByLabel('再输一次新密码').fill('short');
  await save.click();
  await page.getByRole('alert').filter({ hasText: '至少 12 个字符' }).waitFor();
  await page.getByLabel('新密码', { exact: true }).fill(ownPassword);
  await page.getByLabel('再输一次新密码').fill(ownPassword);
  await save.click();
  await page.getByRole('alert').filter({ hasText: '请求编号' }).waitFor();
});

test('with a new password the work begins, on the page that was asked for', async () => {
  await page.getByLabel('当前密码').fill(firstPassword);
  await page.getByRole('button', { name: '保存新密码' }).click();
  await page.getByRole('navigation').waitFor();
  await page.waitForURL(/#\/map/);
  assert.equal(await overflow(), 0);
});

test('the session outlives a reload', async () => {
  await page.goto(`${origin}/`);
  await page.getByRole('button', { name: `账号菜单: ${user}` }).waitFor();
});

test('signing out ends the session, and signing in again goes back to the page', async () => {
  await page.getByRole('button', { name: `账号菜单: ${user}` }).click();
  await page.getByRole('menuitem', { name: '退出登录' }).click();
  await page.getByRole('heading', { name: '登录' }).waitFor();
  await open('/cleaning');
  await signIn(ownPassword);
  await page.getByRole('heading', { name: '地址清洗' }).waitFor();
});
