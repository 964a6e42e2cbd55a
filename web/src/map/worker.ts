// SPDX-License-Identifier: Apache-2.0
// Names the file of the map library's worker; the build tool does not find it by itself.
import { setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';

setWorkerUrl(workerUrl);
