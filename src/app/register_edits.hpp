// SPDX-License-Identifier: Apache-2.0
// The register's library under what changed in the register since it was built: seen without building it anew.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "address/overlay.hpp"
#include "store/store.hpp"

namespace menpai::app {

/// Follows the counties' events (see sql/migrations/0003_change_log.sql). For any thread.
class RegisterEdits {
 public:
  explicit RegisterEdits(store::Store& store) : m_store(&store) {}

  /// How far the events go now, as a library keeps it: "440100:17 442000:5".
  std::string position() const;

  /// What is to be put in use for a library: if it was built from a register and says how far its events went, it under
  /// everything since; else it as it is. Where the database does not answer it is followed later.
  std::shared_ptr<const address::Library> over(std::shared_ptr<const address::Library> library);
  /// Applies what changed since the last time; true if anything did. Costs one small statement if not.
  bool follow();
  /// Whether so much lies over the library that it had better be built anew.
  bool is_heavy() const;

 private:
  bool follow_county(int county, std::int64_t until);

  store::Store* m_store;
  mutable std::mutex m_mutex;
  std::shared_ptr<address::Overlay> m_overlay;
  std::map<int, std::int64_t> m_seen;  ///< by county: the last event that m_overlay holds
  bool m_is_heavy = false;
};

}  // namespace menpai::app
