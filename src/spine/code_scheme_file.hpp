// SPDX-License-Identifier: Apache-2.0
// Code schemes as files (TOML): those that are shipped (rules/code_schemes) and those of an installation.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "spine/code_scheme.hpp"

namespace menpai::spine {

/// A file and what it holds.
struct CodeSchemeFile {
  std::string name;  ///< for messages: "code_schemes/hefei-room.toml"
  std::string text;
};

/// All schemes that are in use, parents before their children.
class CodeSchemes {
 public:
  /// The shipped schemes and those of `files`. Throws bad_request that names file, line and field for anything that
  /// does not hold: an unknown key, widths, a name that is taken (a shipped scheme cannot be replaced: codes carry its
  /// name), a parent that does not exist, an example that the scheme itself finds wrong.
  explicit CodeSchemes(const std::vector<CodeSchemeFile>& files);

  const std::vector<CodeScheme>& all() const { return m_schemes; }
  const CodeScheme* find(std::string_view name) const;
  /// Throws not_found that lists what there is.
  const CodeScheme& get(std::string_view name) const;
  /// Length of the parent's code; 0 where there is none.
  std::size_t parent_length(const CodeScheme& scheme) const;
  /// code_scope with the parent's length filled in.
  std::string scope(const CodeScheme& scheme, const CodeParts& parts) const;

 private:
  std::vector<CodeScheme> m_schemes;
};

}  // namespace menpai::spine
