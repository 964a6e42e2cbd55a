// SPDX-License-Identifier: Apache-2.0
#include "address/overlay.hpp"

#include <atomic>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "address/library/library.hpp"
#include "address/library/row_reader.hpp"
#include "address/overlay/edits.hpp"
#include "address/overlay/row_finder.hpp"
#include "base/error.hpp"

namespace menpai::address {
namespace {

const std::string& key_of(const SourceAddress& address) {
  return address.id.empty() ? address.code : address.id;
}

/// An edit that was read: what both copies are told.
struct ReadEdit {
  const AddressEdit* edit = nullptr;
  RowId old_row = no_row;          ///< what it retires or takes the place of
  RowBatch batch;                  ///< its texts; none where it retires
  std::vector<FlatText> all_flat;  ///< … of a list that is kept flat
};

class PatchWriter {
 public:
  PatchWriter(const Library::Data& base, Patch& patch) : m_base(base), m_patch(patch) {}

  void apply(const ReadEdit& read) {
    const AddressEdit& edit = *read.edit;
    if (read.old_row != no_row) {
      const bool has_successor = edit.retired && !edit.successor.empty();
      m_patch.tree.retire(read.old_row, has_successor);
      if (has_successor) m_patch.successors.insert_or_assign(read.old_row, edit.successor);
    }
    if (edit.retired) return;
    m_row = no_row;
    m_added = {.id = edit.address.id, .code = edit.address.code, .point = {}, .node = no_node, .alias_nodes = {}};
    if (edit.address.point) m_added.point = PackedPoint::pack(*edit.address.point);
    add_own_text(read);
    for (const RowBatch::Text& text : read.batch.texts) {
      if (!text.alias) continue;
      if (text.prefix != no_row) {
        m_patch.tree.add_alias(m_row, division(read.batch, text), steps(read.batch, text));
      } else {
        m_patch.texts.add_row(m_row, read.batch.flat[text.flat], "");
      }
    }
    for (const FlatText& text : read.all_flat) m_patch.texts.add_row(m_row, text, edit.address.address);
    for (const TreeNode node : m_patch.tree.take_new_named()) add_grams(node);
    locate();
  }

 private:
  void add_own_text(const ReadEdit& read) {
    for (const RowBatch::Text& text : read.batch.texts) {
      if (text.alias) continue;
      if (text.prefix != no_row) {
        widen_home(division(read.batch, text));
        m_row = m_patch.tree.add(division(read.batch, text), steps(read.batch, text), std::move(m_added));
        return;
      }
      m_row = m_patch.tree.add_flat(std::move(m_added));
      m_patch.texts.add_row(m_row, read.batch.flat[text.flat], read.edit->address.address);
      return;
    }
    m_row = m_patch.tree.add_flat(std::move(m_added));
  }

  static DivisionNode division(const RowBatch& batch, const RowBatch::Text& text) {
    return batch.prefixes[text.prefix].division;
  }

  std::span<const StepKey> steps(const RowBatch& batch, const RowBatch::Text& text) {
    const RowBatch::Prefix& prefix = batch.prefixes[text.prefix];
    m_steps.assign(batch.steps.begin() + prefix.first, batch.steps.begin() + prefix.first + prefix.count);
    if (text.last != 0) m_steps.push_back(text.last);
    for (StepKey& step : m_steps) {
      if (is_name_step(step)) step = name_step(step_level(step), m_patch.names.add(batch.names[step_name(step)]));
    }
    return m_steps;
  }

  /// The library's home holds what was added as well.
  void widen_home(DivisionNode added) {
    const DivisionIndex& index = m_base.divisions;
    DivisionNode& home = m_patch.home;
    while (home != no_division && !index.contains(home, added)) home = index.parent(home);
    if (home != no_division && index.level(home) < Level::county) home = no_division;
  }

  /// As the builder does for the index of texts.
  void add_grams(TreeNode node) {
    std::vector<Gram> grams;
    std::u32string text;
    const TreePatch& tree = m_patch.tree;
    DivisionNode division = tree.node(node).division;
    for (; division != no_division; division = m_base.divisions.parent(division)) {
      text += fold_text(m_base.divisions.name(division));
      text += U' ';
    }
    for (TreeNode n = node; n != no_node && tree.step(n) != 0; n = tree.parent(n)) {
      if (!is_name_step(tree.step(n))) {
        grams.push_back(number_gram(identity(tree.step(n))));
        continue;
      }
      const NameId name = step_name(tree.step(n));
      m_patch.names.holds(name) ? static_cast<void>(text += m_patch.names.key(name))
                                : m_base.names.append_key(name, text);
      text += U' ';
    }
    append_grams(text, grams);
    unique_grams(grams);
    m_patch.texts.add_place(node, std::move(grams));
  }

  /// A point of its own for the reverse lookup: of a number, a building, or what has none above it.
  void locate() {
    const AddedRow& row = *m_patch.tree.find_row(m_row);
    if (!row.point) return;
    if (row.node != no_node && m_patch.tree.step(row.node) != 0) {
      const TreeNode above = m_patch.tree.parent(row.node);
      const bool is_within = step_level(m_patch.tree.step(row.node)) >= Level::unit && above != no_node &&
                             m_patch.tree.step(above) != 0 && step_level(m_patch.tree.step(above)) >= Level::number;
      if (is_within && is_located(above)) return;
    }
    m_patch.points.add(m_row, *row.point);
  }

  bool is_located(TreeNode node) const {
    if (node < m_base.tree.size()) return m_base.tree.point(Tree::Spot{node, -1}, m_base.points).has_value();
    return m_patch.tree.has_own_row(node, TreeView::now);
  }

  const Library::Data& m_base;
  Patch& m_patch;
  RowId m_row = no_row;
  AddedRow m_added;
  std::vector<StepKey> m_steps;
};

}  // namespace

struct Overlay::Writer {
  explicit Writer(const Library::Data& library, std::shared_ptr<Edits> both)
      : base(library), reader(library.divisions), edits(std::move(both)), next_row(library.rows) {}

  const Library::Data& base;
  std::mutex mutex;
  RowReader reader;
  std::shared_ptr<Edits> edits;
  std::unique_ptr<RowFinder> finder;
  std::unordered_map<std::string, RowId> rows;  ///< of addresses that were edited: the newest
  RowId next_row;
  std::atomic<std::uint64_t> count{0};

  void read(const AddressEdit& edit, ReadEdit& out);
};

/// A list that is kept flat as a whole stays so.
void Overlay::Writer::read(const AddressEdit& edit, ReadEdit& out) {
  out.edit = &edit;
  const std::string& key = key_of(edit.address);
  const auto known = rows.find(key);
  out.old_row = known != rows.end() ? known->second : finder->find(key);
  if (edit.retired) return;
  rows.insert_or_assign(key, next_row++);
  if (base.tree.rows() > 0 || base.flat.size() == 0) {
    reader.read({&edit.address, 1}, messy_rows_max, out.batch, false);
    return;
  }
  const DivisionNode division = edit.address.division_code.empty()
                                    ? no_division
                                    : base.divisions.find_code(edit.address.division_code).value_or(no_division);
  reader.read_flat(edit.address.address, division, out.all_flat.emplace_back());
  for (const std::string& alias : edit.address.aliases) {
    if (!alias.empty()) reader.read_flat(alias, division, out.all_flat.emplace_back());
  }
}

Overlay::Overlay(std::shared_ptr<const Library> base) : m_base(std::move(base)) {
  const Library::Data& data = m_base->data();
  const auto edits = std::make_shared<Edits>([&data] {
    auto patch = std::make_unique<Patch>(data.tree, data.names, data.flat, data.rows);
    patch->home = data.home;
    return patch;
  });
  auto edited = std::make_unique<Library::Data>(data);
  edited->lender = m_base;
  edited->edits = edits;
  m_library = std::shared_ptr<const Library>(new Library(std::move(edited)));
  m_writer = std::make_unique<Writer>(data, edits);
}

Overlay::~Overlay() = default;

std::uint64_t Overlay::size() const {
  return m_writer->count.load();
}

void Overlay::prepare() {
  const std::lock_guard lock(m_writer->mutex);
  if (!m_writer->finder) m_writer->finder = std::make_unique<RowFinder>(m_writer->base);
}

void Overlay::apply(std::span<const AddressEdit> edits) {
  for (const AddressEdit& edit : edits) {
    if (key_of(edit.address).empty()) {
      throw Error(ErrorCode::bad_request, "An edit needs the id or the code of its address.");
    }
  }
  prepare();
  const std::lock_guard lock(m_writer->mutex);
  std::vector<ReadEdit> read(edits.size());
  for (std::size_t i = 0; i < edits.size(); ++i) m_writer->read(edits[i], read[i]);
  m_writer->edits->change([&](Patch& patch) {
    PatchWriter writer(m_writer->base, patch);
    for (const ReadEdit& edit : read) writer.apply(edit);
  });
  m_writer->count += edits.size();
}

}  // namespace menpai::address
