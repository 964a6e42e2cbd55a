// SPDX-License-Identifier: Apache-2.0
// Starts the application in the page.
import { createApp } from 'vue';
import App from '@/shell/App.vue';
import { router } from '@/router.ts';
import '@/shared/base.css';

createApp(App).use(router).mount('#app');
