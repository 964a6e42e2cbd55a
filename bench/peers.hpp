// SPDX-License-Identifier: Apache-2.0
// What somebody would use instead, from Debian's packages, on the same addresses and the same questions: PostgreSQL's
// trigram index and Xapian. Both get the texts normalised as the engine normalises them, Xapian its numbers as well.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace menpai::bench {

/// A program that finds addresses by text.
class Peer {
 public:
  virtual ~Peer() = default;
  virtual std::string name() const = 0;
  /// Takes the addresses; row i is known by its code.
  virtual void add(const std::string& text, const std::string& code) = 0;
  virtual void build() = 0;
  /// The code of the best row, empty if it has none.
  virtual std::string find(const std::string& text) = 0;
  /// What it takes in CPU seconds to answer since the last call: a server's own time counts as well.
  virtual double cpu_s() = 0;
};

/// In a private cluster under `folder`; `program` is the menpai binary. Throws what opening it throws.
std::unique_ptr<Peer> make_trigram_peer(const std::filesystem::path& folder, const std::filesystem::path& program);
/// Nothing where the benchmark was built without Xapian (libxapian-dev). `folder` holds divisions.mpl.
std::unique_ptr<Peer> make_xapian_peer(const std::filesystem::path& folder);

}  // namespace menpai::bench
