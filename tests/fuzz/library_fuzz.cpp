// SPDX-License-Identifier: Apache-2.0
// Library files with wrong content: each is refused, or answers anything, but nothing is read outside of its sections.
//
// The first byte of the input chooses. 0: the rest is the file. Else the file is the good one with edits of six bytes
// each (see edited_library.hpp) and right checksums, so that what the readers check themselves is what is tested; and
// the byte chooses the one question that is asked of the engine's parts. One input in 512 goes through a file on the disk
// to the whole engine instead.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <span>

#include "address/library/library.hpp"
#include "address/match/flat_matcher.hpp"
#include "address/match/render.hpp"
#include "address/match/tree_matcher.hpp"
#include "address/read/reader.hpp"
#include "address/suggest/suggest_search.hpp"
#include "base/error.hpp"
#include "fuzz/edited_library.hpp"
#include "fuzz/town.hpp"

using namespace menpai;
using address::Library;
using address::LibraryFile;

namespace {

constexpr std::array texts = {"中山市港口镇云岭花园2栋1单元302室",
                              "星海大道5号附1号",
                              "云领花园3栋",
                              "老虹巷12号",
                              "无名仓库对面",
                              "福建省厦门市思明区厦港街道",
                              "中南村3组9号",
                              "港口镇云岭花园9栋8单元102室"};
constexpr std::array typed = {"", "x", "云岭", "ylhy2", "港口镇星", "星虹五巷1", "xiam", "海大"};

const fuzz::Folder& folder() {
  static const fuzz::Folder made;
  return made;
}

const std::shared_ptr<const Library>& good() {
  static const std::shared_ptr<const Library> library = [] {
    fuzz::write_town(folder().file("town.mpl"));
    return Library::open(folder().file("town.mpl"));
  }();
  return library;
}

/// A text as the engine reads it; the divisions are the good library's.
struct Read {
  address::Reading reading;
  address::AddressPath path;
  address::FlatText flat;
};

template <std::size_t count>
std::vector<Read> read_all(const std::array<const char*, count>& all) {
  address::Reader reader(good()->data().divisions);
  std::vector<Read> out(count);
  for (std::size_t i = 0; i < count; ++i) {
    reader.read(all[i], address::no_division, out[i].reading);
    make_path(out[i].reading, out[i].path);
    make_flat_text(out[i].reading, out[i].path, out[i].flat);
  }
  return out;
}

void show(const Library::Data& data, const address::Hit& hit) {
  Candidate shown;
  address::Renderer(data).render(hit, shown);
}

void seek(const Library::Data& data, const Read& text) {
  address::TreeMatcher tree(data);
  address::FlatMatcher flat(data);
  std::vector<address::Hit> hits;
  std::vector<address::TreeNode> nodes;
  std::vector<address::RowId> rows;
  tree.begin(text.reading, text.path);
  while (tree.fetch()) {
  }
  tree.finish(text.reading, hits);
  flat.match(text.flat, nodes, hits);
  tree.match_named(text.reading, nodes, hits);
  for (std::size_t i = 0; i < std::min<std::size_t>(hits.size(), 12); ++i) {
    data.tree.more_rows(hits[i].row, rows);
    show(data, hits[i]);
  }
}

void complete(const Library::Data& data, const Read& text) {
  std::vector<address::SuggestTarget> targets;
  address::SuggestSearch(data).find(text.reading, address::no_division, 8, targets);
  for (const address::SuggestTarget& target : targets) {
    if (target.spot.node == address::no_node) continue;
    address::Hit hit;
    hit.spot = target.spot;
    hit.row = data.tree.row(target.spot);
    hit.division = data.tree.division(target.spot.node);
    show(data, hit);
  }
}

void look_around(const Library::Data& data) {
  std::vector<geo::LonLat> points;
  for (int i = 0; i < 20; ++i) points.push_back({113.499 + i * 5e-4, 22.4999 + i * 2e-4});
  std::vector<address::Nearest> nearest(points.size());
  data.reverse.nearest(points, 800, nearest);
  for (const address::Nearest& found : nearest) {
    if (!found.found() || (found.anchor & address::node_anchor) == 0) continue;
    address::Hit hit;
    hit.spot = {found.anchor & ~address::node_anchor, -1};
    if (hit.spot.node < data.tree.size()) show(data, hit);
  }
}

/// The checks of an open library, but for the sections that are known to be good.
void check(const fuzz::EditedLibrary& edited, const LibraryFile& file, const Library::Data& data) {
  if (edited.touched("name.")) data.names.check(file);
  if (edited.touched("gram.")) data.grams.check(file);
  data.tree.check(file, data.divisions, data.names.size(), true);
  for (const address::TreeNode node : data.gram_nodes) {
    if (node >= data.tree.size()) file.throw_damaged("its sections do not belong together");
  }
}

void ask_divisions(const LibraryFile& file, const Read& text) {
  const address::DivisionIndex index(file.checked_bytes("divisions"));
  index.check();
  address::DivisionPath path;
  address::DivisionResolver(index).resolve(text.reading.normal, address::no_division, path);
  if (path.node != address::no_division) index.code(path.node);
  index.find_code("442000");
}

void ask_part(std::uint8_t choice, fuzz::EditedLibrary& edited) {
  static const std::vector<Read> addresses = read_all(texts);
  static const std::vector<Read> beginnings = read_all(typed);
  const auto file = LibraryFile::over(edited.bytes(), "edited");
  if (edited.touched("divisions")) ask_divisions(*file, addresses[choice % addresses.size()]);
  const Library::Data data(file, good());
  check(edited, *file, data);
  if (choice % 20 < 10) {
    seek(data, addresses[choice % addresses.size()]);
  } else if (choice % 20 < 18) {
    complete(data, beginnings[choice % beginnings.size()]);
  } else {
    look_around(data);
  }
}

/// The file as it would be after an accident, with its checksums set right.
void ask_engine(const fuzz::EditedLibrary& edited, const std::filesystem::path& path) {
  static Answer answer;
  static std::vector<Candidate> candidates;
  static std::vector<address::Engine::Suggestion> suggestions;
  const auto file = LibraryFile::over(edited.bytes(), "edited");
  address::LibraryFileWriter writer;
  for (const std::string_view name : file->section_names()) {
    if (name.empty() || name.size() > 23) continue;
    const auto bytes = file->section(name);
    writer.add(name, {bytes.begin(), bytes.end()});
  }
  writer.write(path);
  const auto library = Library::open(path);
  address::Engine engine(library);
  for (const char* text : texts) {
    engine.clean(text, {}, answer);
    engine.match(text, {"4420", 5}, candidates);
  }
  for (const char* text : typed) engine.suggest(text, {"", 8}, suggestions);
  std::array<address::Nearest, 1> nearest;
  engine.reverse(std::array{geo::LonLat{113.5005, 22.5001}}, 800, nearest);
  Candidate shown;
  engine.describe(nearest[0], shown);
}

void open_raw(const std::uint8_t* data, std::size_t size, const std::filesystem::path& path) {
  std::ofstream(path, std::ios::binary).write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  Library::open(path)->verify();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static fuzz::EditedLibrary edited(*LibraryFile::open((good(), folder().file("town.mpl"))));
  static const std::filesystem::path path = folder().file("edited.mpl");
  if (size == 0) return 0;
  try {
    if (data[0] == 0) {
      open_raw(data + 1, size - 1, path);
      return 0;
    }
    edited.edit(data + 1, size - 1);
    // By all of the input, so that no mutation keeps to the choice that costs a hundred times the other.
    if (address::checksum(std::as_bytes(std::span(data, size))) % 512 == 0) {
      ask_engine(edited, path);
    } else {
      ask_part(data[0], edited);
    }
  } catch (const Error& refused) {
    const bool told = refused.code() == ErrorCode::damaged || refused.code() == ErrorCode::unsupported;
    MENPAI_ASSERT(told, "a bad library is damaged or unsupported");
  }
  return 0;
}
