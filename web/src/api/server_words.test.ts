// SPDX-License-Identifier: Apache-2.0
// The server's words in Chinese.
import { beforeEach, expect, test } from 'vitest';
import { setLanguage } from '@/i18n/index.ts';
import { inOwnWords } from './server_words.ts';

beforeEach(() => setLanguage('zh'));

test.each([
  ['shops.csv is empty. Give a table whose first row names its columns.', '文件是空的'],
  ['shops.csv has no column names in its first row. Write them there.', '第一行没有列名'],
  ['shops.csv cannot be read as a table: a picture. Menpai reads CSV, TSV, XLSX and NDJSON.', '不是表格'],
  ['shops.xlsx is a damaged workbook. Open it in a spreadsheet and save it anew.', '工作簿已损坏'],
  ['shops.xlsx is locked by a password. Save it without one.', '有密码'],
  [
    'shops.xlsx unpacks to more than 2000 times its size, as a zip bomb does. If the table is good, save it as CSV.',
    '解压后过大',
  ],
  ['shops.csv.gz ends in the middle of its gzip data. Copy or download it again.', '压缩文件不完整'],
  ['The file is larger than 1024 MB, setting http.upload_bytes_max). Split it.', '文件太大'],
  ['There is no column "x". The columns are: a, b.', '没有这一列'],
  ['The old password is wrong.', '当前密码不对'],
])('%s', (told, words) => expect(inOwnWords(told)).toContain(words));

test('of other words there are none of our own', () => expect(inOwnWords('Something else.')).toBe(''));

test('in English the server’s own words are enough', () => {
  setLanguage('en');
  expect(inOwnWords('The old password is wrong.')).toBe('');
});
