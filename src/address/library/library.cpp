// SPDX-License-Identifier: Apache-2.0
#include "address/library/library.hpp"

#include <algorithm>
#include <charconv>

namespace menpai::address {
namespace {

/// The value of the line "key=value" in `meta`, empty if there is none.
std::string_view meta_value(std::string_view meta, std::string_view key) {
  while (!meta.empty()) {
    const std::size_t end = meta.find('\n');
    const std::string_view line = meta.substr(0, end);
    if (line.size() > key.size() && line.starts_with(key) && line[key.size()] == '=')
      return line.substr(key.size() + 1);
    if (end == std::string_view::npos) break;
    meta.remove_prefix(end + 1);
  }
  return {};
}

std::uint64_t meta_number(std::string_view meta, std::string_view key) {
  const std::string_view text = meta_value(meta, key);
  std::uint64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

Library::Data::Data(std::shared_ptr<const LibraryFile> mapped, std::shared_ptr<const Library> base)
    : lender(std::move(base)),
      file(std::move(mapped)),
      divisions(lender ? lender->data().divisions : DivisionIndex(file->checked_bytes("divisions"))),
      names(*file),
      suggest(*file),
      evidence(*file),
      tree(*file),
      flat(*file, divisions.size()),
      grams(*file),
      gram_nodes(file->array<TreeNode>("gram.nodes")),
      ids(file->checked_bytes("row.ids")),
      codes(file->checked_bytes("row.codes")),
      texts(file->checked_bytes("row.texts")),
      points(*file),
      reverse(*file) {
  const auto meta_bytes = file->checked<char>("meta").all();
  const std::string_view meta(meta_bytes.data(), meta_bytes.size());
  if (meta_value(meta, "ids") == "codes") ids = codes;
  rows = static_cast<std::uint32_t>(tree.rows() + texts.size());
  const auto fits = [&](const TextColumn& column) { return column.size() == 0 || column.size() == rows; };
  if (grams.size() != gram_nodes.size() + flat.size() || !fits(ids) || !fits(codes)) {
    file->throw_damaged("its sections do not belong together");
  }
  home = tree.common_division(divisions);
  if (home != no_division && divisions.level(home) < Level::county) home = no_division;
  if (lender) home = lender->data().home;
  facts.title = meta_value(meta, "title");
  facts.division_edition = meta_value(meta, "division_edition");
  facts.built_at = meta_value(meta, "built_at");
  facts.divisions = meta_number(meta, "divisions");
  facts.position = meta_value(meta, "position");
  facts.addresses = meta_number(meta, "addresses");
  facts.bytes = file->bytes();
  facts.digest = file->digest();
}

void Library::Data::prepare() const {
  std::call_once(prepared.flag, [&] {
    divisions.prepare();
    file->verify_before_use();
    check(!lender && file->bytes() <= LibraryFile::small_file);
  });
}

void Library::Data::check(bool deep) const {
  if (deep) divisions.check();
  names.check(*file);
  grams.check(*file);
  tree.check(*file, divisions, names.size(), deep);
  if (!std::all_of(gram_nodes.begin(), gram_nodes.end(), [&](TreeNode n) { return n < tree.size(); })) {
    file->throw_damaged("its sections do not belong together");
  }
}

const Library::Data& Library::data() const {
  m_data->prepare();
  return *m_data;
}

void Library::verify() const {
  m_data->file->verify();
  m_data->check(true);
}

Library::Library(std::unique_ptr<Data> data) : m_data(std::move(data)) {}
Library::~Library() = default;
const Library::Facts& Library::facts() const {
  return m_data->facts;
}

std::shared_ptr<const Library> Library::open(const std::filesystem::path& file) {
  return std::shared_ptr<const Library>(new Library(std::make_unique<Data>(LibraryFile::open(file))));
}

}  // namespace menpai::address
