// SPDX-License-Identifier: Apache-2.0
// Edits on top of a library that does not change: seen by the next question, without building the library anew.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "address/engine.hpp"

namespace menpai::address {

/// One change of an address that is known by its id, or by its code where it has no id.
struct AddressEdit {
  /// The address as it is from now on; new, or in place of what had its id. With `retired` its id or code suffices.
  SourceAddress address;
  bool retired = false;
  std::string successor;  ///< of a retired address: the standard text of what stands in its place, if anything does
};

/// A library with edits. Engines made of library() answer all questions as they would with a library that was built
/// from the edited source, except that a retired address answers with its successor: former_name at its level, grade B
/// at the best. What is inferred of a text's county, and how suggestions are ordered, is left as it was in the base.
///
/// Where nothing was edited a question costs a bit more a step of its way. An edit costs some tens of microseconds,
/// whatever the number of edits; memory: about two kilobytes each. The first edit reads the base's ids (see RowFinder).
class Overlay {
 public:
  explicit Overlay(std::shared_ptr<const Library> base);
  ~Overlay();
  Overlay(const Overlay&) = delete;
  Overlay& operator=(const Overlay&) = delete;

  /// The base under the edits, those to come as well. Lives on its own.
  const std::shared_ptr<const Library>& library() const { return m_library; }
  const std::shared_ptr<const Library>& base() const { return m_base; }

  /// The edits are seen, all of one call at once, by every question that begins after this returns. Waits for questions
  /// under way, which do not wait. Of two edits of one address the later counts; that an address is retired which there
  /// is not is no error. Throws bad_request for an edit with neither id nor code; then none of them is done. For any
  /// thread.
  void apply(std::span<const AddressEdit> edits);
  /// Makes ready what the first edit needs.
  void prepare();
  /// How many edits were applied.
  std::uint64_t size() const;

 private:
  struct Writer;
  std::shared_ptr<const Library> m_base;
  std::shared_ptr<const Library> m_library;
  std::unique_ptr<Writer> m_writer;
};

}  // namespace menpai::address
