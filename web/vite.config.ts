// SPDX-License-Identifier: Apache-2.0
// Builds the pages into dist/, so that they run under a content security policy without inline script, and serves them
// for development with the API passed on to a running server (MENPAI_URL).
import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [vue()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: ['chrome100', 'firefox100', 'safari15.4'],
    // A data: address would need an exception in the policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The map library is larger than the usual limit; only the pages that draw a map load it.
    chunkSizeWarningLimit: 1200,
  },
  server: { proxy: { '/api': process.env.MENPAI_URL ?? 'http://127.0.0.1:8080' } },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
