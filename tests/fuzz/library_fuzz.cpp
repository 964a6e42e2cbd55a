// SPDX-License-Identifier: Apache-2.0
// Library files with wrong content: each is refused, or answers anything, but nothing is read outside of it.
//
// The first byte of the input chooses. 0: the rest is the file. Else the file is the good one with places of its
// sections overwritten, cut or doubled, and with right checksums, so that what the readers check themselves is what is
// tested.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <fstream>

#include "address/library/library_file.hpp"
#include "base/error.hpp"
#include "fuzz/town.hpp"

using namespace menpai;

namespace {

struct Section {
  std::string name;
  std::vector<std::byte> bytes;
};

const fuzz::Folder& folder() {
  static const fuzz::Folder made;
  return made;
}

const std::vector<Section>& good_sections() {
  static const std::vector<Section> sections = [] {
    fuzz::write_town(folder().file("town.mpl"));
    const auto file = address::LibraryFile::open(folder().file("town.mpl"));
    std::vector<Section> out;
    for (const std::string_view name : file->section_names()) {
      const auto bytes = file->section(name);
      out.push_back({std::string(name), {bytes.begin(), bytes.end()}});
    }
    return out;
  }();
  return sections;
}

/// Edits of six bytes: section, what to do, offset (two bytes, counted in eights or from the end), value, spread.
void write_edited(const std::uint8_t* data, std::size_t size, const std::filesystem::path& file) {
  std::vector<Section> sections = good_sections();
  for (; size >= 6; data += 6, size -= 6) {
    std::vector<std::byte>& bytes = sections[data[0] % sections.size()].bytes;
    if (bytes.empty()) continue;
    const std::size_t offset = static_cast<std::size_t>(data[2]) << 8 | data[3];
    std::size_t at = (data[1] & 1) != 0 ? offset * 8 : offset;
    if ((data[1] & 2) != 0) at = bytes.size() - 1 - std::min(bytes.size() - 1, at);
    at %= bytes.size();
    switch (data[1] >> 2 & 3) {
      case 0:
        bytes[at] = static_cast<std::byte>(data[4]);
        break;
      case 1:
        std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                    std::min<std::size_t>(bytes.size() - at, data[5] % 9), static_cast<std::byte>(data[4]));
        break;
      case 2:
        bytes.resize(bytes.size() - std::min<std::size_t>(bytes.size(), data[5]));
        break;
      default:
        bytes.insert(bytes.end(),
                     bytes.end() - static_cast<std::ptrdiff_t>(std::min<std::size_t>(bytes.size(), data[5])),
                     bytes.end());
        break;
    }
  }
  address::LibraryFileWriter writer;
  for (Section& section : sections) writer.add(section.name, std::move(section.bytes));
  writer.write(file);
}

void ask(const std::filesystem::path& file) {
  static Answer answer;
  static std::vector<Candidate> candidates;
  static std::vector<address::Engine::Suggestion> suggestions;
  const auto library = address::Library::open(file);
  address::Engine engine(library);
  for (const char* text : {"中山市港口镇云岭花园2栋1单元302室", "星海大道5号附1号", "云领花园3栋", "老虹巷12号",
                           "无名仓库对面", "福建省厦门市思明区厦港街道", "中南村3组9号"}) {
    engine.clean(text, {}, answer);
    engine.match(text, {"4420", 5}, candidates);
  }
  for (const char* text : {"", "x", "云岭", "ylhy2", "港口镇星", "星虹五巷1", "xiam", "海大"})
    engine.suggest(text, {"", 8}, suggestions);
  std::vector<geo::LonLat> points;
  for (int i = 0; i < 20; ++i) points.push_back({113.499 + i * 5e-4, 22.4999 + i * 2e-4});
  std::vector<address::Nearest> nearest(points.size());
  engine.reverse(points, 800, nearest);
  Candidate shown;
  for (const address::Nearest& found : nearest) engine.describe(found, shown);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::filesystem::path file = folder().file("edited.mpl");
  if (data[0] == 0) {
    std::ofstream(file, std::ios::binary)
        .write(reinterpret_cast<const char*>(data) + 1, static_cast<std::streamsize>(size - 1));
  } else {
    write_edited(data + 1, size - 1, file);
  }
  try {
    ask(file);
  } catch (const Error& refused) {
    const bool told = refused.code() == ErrorCode::damaged || refused.code() == ErrorCode::unsupported;
    MENPAI_ASSERT(told, "a bad library is damaged or unsupported");
  }
  return 0;
}
