// SPDX-License-Identifier: Apache-2.0
// Sends a file and tells how far it is; XMLHttpRequest, because fetch does not tell.
import { ApiError, apiUrl, errorOfResponse, reportFailure } from './client.ts';
import type { CleaningJob } from './types.ts';

export interface Upload {
  done: Promise<CleaningJob>;
  cancel: () => void;
}

/** Sends `file` as a new cleaning job. `progress` is told the share that is sent, 0 to 1. */
export function uploadList(file: File, progress: (share: number) => void): Upload {
  const xhr = new XMLHttpRequest();
  const done = new Promise<CleaningJob>((resolve, reject) => {
    xhr.upload.onprogress = (event) => {
      if (event.lengthComputable && event.total > 0) progress(event.loaded / event.total);
    };
    xhr.onload = () => {
      const requestId = xhr.getResponseHeader('X-Request-Id') ?? '';
      if (xhr.status >= 200 && xhr.status < 300) {
        try {
          resolve(JSON.parse(xhr.responseText) as CleaningJob);
        } catch {
          reject(new ApiError(xhr.status, 'unreadable', '', requestId));
        }
        return;
      }
      const error = errorOfResponse(xhr.status, xhr.responseText, requestId);
      reportFailure(error);
      reject(error);
    };
    xhr.onerror = () => reject(new ApiError(0, 'network', ''));
    xhr.ontimeout = () => reject(new ApiError(0, 'network', ''));
    xhr.onabort = () => reject(new DOMException('Cancelled', 'AbortError'));
  });
  xhr.open('POST', apiUrl('/cleaning-jobs', { name: file.name }));
  xhr.setRequestHeader('X-Menpai', '1');
  xhr.setRequestHeader('Accept', 'application/json');
  xhr.setRequestHeader('Content-Type', 'application/octet-stream');
  xhr.send(file);
  return { done, cancel: () => xhr.abort() };
}
