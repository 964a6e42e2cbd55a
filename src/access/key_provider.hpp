// SPDX-License-Identifier: Apache-2.0
// The root key: what opens everything else, kept outside the database. A file here; a cryptographic device behind the
// same interface elsewhere.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "access/crypto.hpp"

namespace menpai::access {

class KeyProvider {
 public:
  virtual ~KeyProvider() = default;
  /// Names the root key without telling anything of it; stored beside what it wraps.
  virtual std::string root_id() const = 0;
  /// Encrypts a data key for storage. `context` must be given again to unwrap it.
  virtual std::string wrap(std::string_view key, std::string_view context) const = 0;
  /// Throws damaged if it was not wrapped by this root key in this context.
  virtual Secret unwrap(std::string_view wrapped, std::string_view context) const = 0;
  /// A key of its own for one purpose (keyed digests), always the same.
  virtual Secret derive_key(std::string_view purpose) const = 0;
};

/// The root key in a file that only its owner reads. If it is not there: made from random if `may_create` (its
/// directory too, 0700), else not_found. Throws forbidden if others could read it, damaged if it is not a key file.
std::unique_ptr<KeyProvider> open_key_file(const std::filesystem::path& file, bool may_create);

}  // namespace menpai::access
