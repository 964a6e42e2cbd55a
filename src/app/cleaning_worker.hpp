// SPDX-License-Identifier: Apache-2.0
// Cleans queued jobs in the background, one after the other, a chunk a transaction: a killed worker's job goes on
// behind its last chunk, here or in another process.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "access/key_ring.hpp"
#include "app/engine_pool.hpp"
#include "model/cleaning.hpp"
#include "store/sealed_file.hpp"
#include "store/store.hpp"

namespace menpai::app {

/// Rows of a chunk; also how often a job's progress moves.
inline constexpr std::size_t cleaning_chunk_rows = 2000;

class CleaningWorker {
 public:
  /// Everything given must live longer than the worker.
  CleaningWorker(store::Store& store, access::KeyRing& keys, store::SealedFiles& files, EnginePool& engines);
  /// Stops behind the chunk under way and gives the job back to the queue.
  ~CleaningWorker();
  CleaningWorker(const CleaningWorker&) = delete;
  CleaningWorker& operator=(const CleaningWorker&) = delete;

  void start();
  /// There is something new in the queue: look now.
  void wake();
  /// Works off what is queued, in this thread, and returns. For commands that have no background.
  void run_queue();

 private:
  void loop();
  bool run_next();
  void run_job(const CleaningJobId& id);
  bool is_stopping();

  store::Store& m_store;
  access::KeyRing& m_keys;
  store::SealedFiles& m_files;
  EnginePool& m_engines;
  Uuid m_worker_id = Uuid::make();
  std::mutex m_mutex;
  std::condition_variable m_changed;
  bool m_is_stopping = false;
  bool m_is_woken = false;
  std::thread m_thread;
};

}  // namespace menpai::app
