// SPDX-License-Identifier: Apache-2.0
// The pages and their addresses. What a page shows stands in its address, so that a reload shows it again.
import { createRouter, createWebHashHistory } from 'vue-router';
import { onSessionEnded } from '@/api/client.ts';
import { forgetSession, loadSession, session } from '@/shell/session.ts';

export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', redirect: '/search' },
    { path: '/sign-in', name: 'sign-in', component: () => import('@/shell/SignInPage.vue'), meta: { open: true } },
    { path: '/password', name: 'password', component: () => import('@/shell/PasswordPage.vue') },
    { path: '/search', name: 'search', component: () => import('@/search/SearchPage.vue') },
    { path: '/cleaning', name: 'cleaning', component: () => import('@/cleaning/JobListPage.vue') },
    { path: '/cleaning/:id', name: 'job', component: () => import('@/cleaning/JobPage.vue'), props: true },
    { path: '/cleaning/:id/settle', name: 'settle', component: () => import('@/cleaning/SettlePage.vue'), props: true },
    { path: '/changes', name: 'changes', component: () => import('@/changes/ChangePage.vue') },
    { path: '/grids', name: 'grids', component: () => import('@/grids/GridPage.vue') },
    { path: '/aliases', name: 'aliases', component: () => import('@/aliases/AliasPage.vue') },
    { path: '/codes', name: 'codes', component: () => import('@/codes/CodePage.vue') },
    { path: '/room-plans', name: 'room-plans', component: () => import('@/codes/RoomPlanPage.vue') },
    { path: '/places', name: 'places', component: () => import('@/places/PlacePage.vue') },
    { path: '/plates', name: 'plates', component: () => import('@/plates/PlatePage.vue') },
    { path: '/map', name: 'map', component: () => import('@/map/MapPage.vue') },
    { path: '/:rest(.*)', name: 'missing', component: () => import('@/shell/MissingPage.vue'), meta: { open: true } },
  ],
});

router.beforeEach(async (to) => {
  if (!session.known) {
    try {
      await loadSession();
    } catch {
      // The server does not answer: the page itself says so when it asks for its data.
      return true;
    }
  }
  if (to.meta.open) return true;
  if (!session.account) {
    return { name: 'sign-in', query: to.fullPath === '/search' ? {} : { back: to.fullPath } };
  }
  if (session.account.must_change_password && to.name !== 'password') {
    return { name: 'password', query: { back: to.fullPath } };
  }
  return true;
});

onSessionEnded(() => {
  forgetSession();
  const at = router.currentRoute.value;
  if (at.name !== 'sign-in') void router.push({ name: 'sign-in', query: { back: at.fullPath, ended: '1' } });
});
