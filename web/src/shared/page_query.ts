// SPDX-License-Identifier: Apache-2.0
// What a page keeps of its state in its own address.
import { onBeforeUnmount } from 'vue';
import { onBeforeRouteLeave, useRoute, useRouter } from 'vue-router';

export type PageQuery = Record<string, string | undefined>;

/** Returns the function that puts values into the page's address, `delayMs` after the last call. It does nothing once
    the page is being left: the router would take it for a change of mind and stay. */
export function usePageQuery(delayMs = 0): (values: PageQuery) => void {
  const route = useRoute();
  const router = useRouter();
  let leaving = false;
  let waiting: PageQuery = {};
  let timer: ReturnType<typeof setTimeout> | undefined;

  onBeforeRouteLeave(() => {
    leaving = true;
  });
  const stopListening = router.afterEach((_to, _from, failure) => {
    if (failure) leaving = false;
  });
  onBeforeUnmount(() => {
    leaving = true;
    clearTimeout(timer);
    stopListening();
  });

  return (values) => {
    waiting = { ...waiting, ...values };
    clearTimeout(timer);
    timer = setTimeout(() => {
      const query = { ...route.query, ...waiting };
      waiting = {};
      if (!leaving) void router.replace({ query });
    }, delayMs);
  };
}
