// SPDX-License-Identifier: Apache-2.0
// Builds the pages into dist/, so that they run under a content security policy without inline script, and serves them
// for development with the API passed on to a running server (MENPAI_URL).
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import vue from '@vitejs/plugin-vue';
import { defineConfig, type Plugin } from 'vitest/config';

/** Puts x.gz beside every text file that it makes smaller; the server sends that to browsers that take it. */
function gzipFiles(): Plugin {
  return {
    name: 'gzip-files',
    apply: 'build',
    writeBundle({ dir }) {
      for (const entry of readdirSync(dir!, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !/\.(?:js|mjs|css|html|svg)$/.test(entry.name)) continue;
        const file = join(entry.parentPath, entry.name);
        const plain = readFileSync(file);
        const packed = gzipSync(plain, { level: 9 });
        if (packed.length < plain.length * 0.9) writeFileSync(`${file}.gz`, packed);
      }
    },
  };
}

export default defineConfig({
  plugins: [vue(), gzipFiles()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: ['chrome100', 'firefox100', 'safari15.4'],
    // A data: address would need an exception in the policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The map library is larger than the usual limit; only the pages that draw a map load it.
    chunkSizeWarningLimit: 1200,
    // The server knows a name with such a hash and lets browsers keep the file for good.
    rolldownOptions: { output: { hashCharacters: 'hex' } },
  },
  server: { proxy: { '/api': process.env.MENPAI_URL ?? 'http://127.0.0.1:8080' } },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
