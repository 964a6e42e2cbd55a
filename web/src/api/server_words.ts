// SPDX-License-Identifier: Apache-2.0
// The server speaks English. What it says to a clerk about a file, a password or a list is said here in Chinese as well;
// of a sentence that is not known here, the server's own words are shown alone.
import { language } from '@/i18n/index.ts';

const chinese: [told: RegExp, words: string][] = [
  [/no column names in its first row/, '第一行没有列名。请在第一行写上列名，再上传。'],
  [/cannot be read as a table|is not a table/, '这个文件不是表格。请存为 CSV（UTF-8 或 GB18030）或 XLSX，再上传。'],
  [/zip bomb|unpacks to more than/, '文件解压后过大，没有接收。如果文件没有问题，请存为 CSV 再上传。'],
  [/locked by a password/, '工作簿有密码。请去掉密码，另存一份再上传。'],
  [/damaged workbook|is no workbook|declares a document type/, '工作簿已损坏。请用表格软件打开，另存一份再上传。'],
  [/gzip/, '压缩文件不完整。请重新复制或下载，再上传。'],
  [
    /has a cell larger than|does every quote in it have its closing one/,
    '有一个单元格太大。请检查引号是否成对，文件是不是表格。',
  ],
  [/has more than [\d,]+ columns|beyond column/, '列太多。请删去右边多余的列。'],
  [/upload_bytes_max|which is beyond the limit|Split it/, '文件太大。请拆成几份上传。'],
  [/ is empty\./, '文件是空的。第一行要有列名，下面是数据。'],
  [/The columns are:/, '文件里没有这一列。请另选一列。'],
  [/must have 12 to 128 characters/, '密码要有 12 到 128 个字符。'],
  [/too easy to guess/, '密码太容易猜：太常见、含有账号名，或重复的字符太多。请换一个。'],
  [/old password is wrong/i, '当前密码不对。'],
  [/new password is the old one/, '新密码不能与当前密码相同。'],
  [/no such cleaning job/, '没有这份清单，可能已被删除。'],
  [/no such address/, '没有这个地址，可能已被删除。'],
  [/no such row/, '没有这一行。'],
  [/already started|started already|been started/i, '这份清单已经开始清洗了。'],
  [/not finished/, '清洗还没有完成。请稍后再下载。'],
];

/** The server's words in the language of the page, or nothing where they are not known or need no translation. */
export function inOwnWords(message: string): string {
  if (language.value !== 'zh') return '';
  return chinese.find(([told]) => told.test(message))?.[1] ?? '';
}
