// SPDX-License-Identifier: Apache-2.0
// Wrapped data keys in the database.
#pragma once

#include "access/key_ring.hpp"
#include "store/store.hpp"

namespace menpai::store {

class KeyStore final : public access::WrappedKeys {
 public:
  explicit KeyStore(Store& store) : m_store(store) {}
  std::optional<access::WrappedKey> newest(std::string_view table, std::string_view column) override;
  std::optional<access::WrappedKey> get(std::string_view table, std::string_view column, int epoch) override;
  access::WrappedKey add(const access::WrappedKey& key) override;

  /// The root keys that something in this database was wrapped with.
  std::vector<std::string> root_ids();

 private:
  Store& m_store;
};

}  // namespace menpai::store
