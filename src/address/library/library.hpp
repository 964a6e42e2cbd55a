// SPDX-License-Identifier: Apache-2.0
// The sections of an open library, for the engine and its parts; not for the engine's users.
#pragma once

#include <memory>
#include <mutex>

#include "address/division/division_index.hpp"
#include "address/engine.hpp"
#include "address/library/flat_rows.hpp"
#include "address/library/gram_index.hpp"
#include "address/library/library_file.hpp"
#include "address/library/name_table.hpp"
#include "address/library/place_evidence.hpp"
#include "address/library/point_column.hpp"
#include "address/library/text_column.hpp"
#include "address/library/tree.hpp"
#include "address/match/reverse.hpp"
#include "address/suggest/suggest_index.hpp"

namespace menpai::address {

class Edits;
struct Patch;

struct Library::Data {
  /// `base` lends its divisions where the file has none of its own.
  explicit Data(std::shared_ptr<const LibraryFile> mapped, std::shared_ptr<const Library> base = nullptr);

  std::shared_ptr<const Library> lender;
  std::shared_ptr<const LibraryFile> file;
  DivisionIndex divisions;
  NameTable names;
  SuggestIndex suggest;
  PlaceEvidence evidence;
  Tree tree;
  FlatRows flat;
  GramIndex grams;                       ///< documents: the named nodes of the tree, then the flat rows
  std::span<const TreeNode> gram_nodes;  ///< the tree's node of each of the first documents
  std::uint32_t rows = 0;                ///< all of them: first the tree's, then the flat ones
  TextColumn ids;                        ///< by RowId, like codes and points; empty where the source has none
  TextColumn codes;
  TextColumn texts;  ///< of the flat rows, as they came
  PointColumn points;
  Reverse reverse;
  /// The deepest division in which all of the tree lies, if that is a county or deeper: where an asker who says nothing
  /// else means to be.
  DivisionNode home = no_division;
  Facts facts;
  /// Of a library under edits, and the copy of them that is put over the rest while a question is answered.
  std::shared_ptr<Edits> edits;
  const Patch* patch = nullptr;

  /// Verifies what must be good before the first question, once. Throws damaged.
  void prepare() const;
  /// Checks the references inside the verified sections; deep: all of them.
  void check(bool deep) const;
  /// Each copy for itself.
  struct Once {
    Once() = default;
    Once(const Once& /*other*/) {}
    Once& operator=(const Once& /*other*/) { return *this; }
    std::once_flag flag;
  };
  mutable Once prepared;
};

}  // namespace menpai::address
