// SPDX-License-Identifier: Apache-2.0
#include "store/key_store.hpp"

#include "store/queries.hpp"

namespace menpai::store {
namespace {

access::WrappedKey key_of(std::string_view table, std::string_view column, const Row& row) {
  auto [epoch, suite, root_id, wrapped] = row.as<int, int, std::string, Bytes>();
  return {std::string(table), std::string(column),     epoch, static_cast<access::Suite>(suite),
          std::move(root_id), std::move(wrapped.value)};
}

}  // namespace

std::optional<access::WrappedKey> KeyStore::newest(std::string_view table, std::string_view column) {
  const Result result = m_store.run(query::key::newest, table, column);
  if (result.empty()) return std::nullopt;
  return key_of(table, column, result.only());
}

std::optional<access::WrappedKey> KeyStore::get(std::string_view table, std::string_view column, int epoch) {
  const Result result = m_store.run(query::key::get, table, column, epoch);
  if (result.empty()) return std::nullopt;
  return key_of(table, column, result.only());
}

access::WrappedKey KeyStore::add(const access::WrappedKey& key) {
  m_store.run(query::key::add, key.table, key.column, key.epoch, static_cast<int>(key.suite), key.root_id,
              BytesView{key.wrapped}, now());
  // Another process may have been quicker; then its key is the one.
  const std::optional<access::WrappedKey> stored = get(key.table, key.column, key.epoch);
  MENPAI_ASSERT(stored.has_value(), "a key that was added is there");
  return *stored;
}

std::vector<std::string> KeyStore::root_ids() {
  std::vector<std::string> ids;
  for (const Row row : m_store.run(query::key::root_ids)) ids.push_back(row.get<std::string>(0));
  return ids;
}

}  // namespace menpai::store
