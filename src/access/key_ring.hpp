// SPDX-License-Identifier: Apache-2.0
// Data keys, one a table, column and epoch, wrapped by the root key; and the sealing of single fields with them.
//
// A sealed field: 0x01 | suite (1 byte) | epoch (4 bytes) | nonce | ciphertext | tag. The plain text is padded to steps
// of 32 bytes, so that its length tells little. The associated data name the table, the column, the row and its
// version: a ciphertext that was copied to another place, or put back from an older version, does not open.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "access/cipher.hpp"
#include "access/key_provider.hpp"

namespace menpai::access {

struct WrappedKey {
  std::string table, column;
  int epoch = 0;
  Suite suite = Suite::aes_256_gcm;
  std::string root_id;
  std::string wrapped;
};

/// Where wrapped keys are kept; the store implements it.
class WrappedKeys {
 public:
  virtual ~WrappedKeys() = default;
  /// The newest epoch, or nothing.
  virtual std::optional<WrappedKey> newest(std::string_view table, std::string_view column) = 0;
  virtual std::optional<WrappedKey> get(std::string_view table, std::string_view column, int epoch) = 0;
  /// Stores it unless that epoch exists already; gives back the one that is stored.
  virtual WrappedKey add(const WrappedKey& key) = 0;
};

/// Where a sealed value stands. Owns its row's id, so that an id made on the spot lives as long as the place.
struct FieldPlace {
  std::string_view table;
  std::string_view column;
  std::string row_id;
  int version = 0;
};

class KeyRing {
 public:
  /// `suite` is used for keys made from now on; older ones open with theirs.
  KeyRing(const KeyProvider& provider, WrappedKeys& storage, Suite suite);

  std::string seal(const FieldPlace& place, std::string_view plain);
  /// Throws damaged if it was changed, belongs elsewhere, or its key does not open.
  std::string open(const FieldPlace& place, std::string_view sealed);

  struct Key {
    int epoch = 0;
    std::shared_ptr<const CipherKey> cipher;
  };
  /// The key that seals new values of a column; made at its first use. For streams (sealed_stream.hpp).
  Key current(std::string_view table, std::string_view column);
  Key of_epoch(std::string_view table, std::string_view column, int epoch);

 private:
  Key unwrap(const WrappedKey& wrapped);

  const KeyProvider& m_provider;
  WrappedKeys& m_storage;
  Suite m_suite;
  std::mutex m_mutex;
  std::map<std::tuple<std::string, std::string, int>, Key> m_keys;  // by epoch
  std::map<std::tuple<std::string, std::string>, Key> m_current;
};

}  // namespace menpai::access
