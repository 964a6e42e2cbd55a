// SPDX-License-Identifier: Apache-2.0
// The edits over a library in two copies, so that those who ask never wait for who edits.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "address/overlay/name_patch.hpp"
#include "address/overlay/point_patch.hpp"
#include "address/overlay/text_patch.hpp"
#include "address/overlay/tree_patch.hpp"

namespace menpai::address {

/// Everything that edits change, once.
struct Patch {
  Patch(const Tree& base_tree, const NameTable& base_names, const FlatRows& base_flat, RowId rows)
      : tree(base_tree, rows),
        names(base_names, tree),
        texts(static_cast<std::uint32_t>(base_flat.size()), tree),
        points(base_tree, tree) {}

  TreePatch tree;
  NamePatch names;
  TextPatch texts;
  PointPatch points;
  std::unordered_map<RowId, std::string> successors;  ///< of retired rows: the text of what stands in their place
  DivisionNode home = no_division;
  std::uint64_t version = 0;  ///< grows with every change
};

/// Two equal copies. Readers use one; a change is made in the other, readers are sent there, and when the last has left
/// the first copy it is changed alike. A reader pays two writes to memory of its own; a writer waits for questions
/// under way. For any thread, one writer at a time.
class Edits {
 public:
  explicit Edits(const std::function<std::unique_ptr<Patch>()>& make);

  /// One who asks: one a thread. Registered while it lives.
  class Reader {
   public:
    explicit Reader(std::shared_ptr<const Edits> edits);
    ~Reader();
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
    /// What is there now; it stays as it is until leave().
    const Patch& enter();
    void leave() { m_place.store(outside, std::memory_order_release); }

   private:
    friend class Edits;
    static constexpr int outside = -1;
    std::shared_ptr<const Edits> m_edits;
    alignas(64) std::atomic<int> m_place{outside};
  };

  /// Makes the change in both copies; it must do the same in both. Questions that begin after this returns see it.
  void change(const std::function<void(Patch&)>& change);
  /// The copy that is not being changed, for the writer.
  const Patch& current() const { return *m_copies[static_cast<std::size_t>(m_active.load())]; }

 private:
  std::array<std::unique_ptr<Patch>, 2> m_copies;
  std::atomic<int> m_active{0};
  mutable std::mutex m_mutex;  ///< of the list of readers
  mutable std::vector<const Reader*> m_readers;
};

}  // namespace menpai::address
