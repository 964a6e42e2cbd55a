// SPDX-License-Identifier: Apache-2.0
// A messy list: how right the engine is where there is no tree.
#include <cstdio>

#include "address/engine.hpp"
#include "bench/measure.hpp"
#include "bench/reliability.hpp"
#include "bench/right.hpp"
#include "spine/town.hpp"
#include "spine/town_dirt.hpp"

namespace menpai::bench {
namespace {

using address::Engine;
using address::Library;

struct Row {
  std::string text;
  std::string asked;  ///< another writing of it; empty for rows that nobody asks for
};

/// Writes shops, sheds and stalls at one address in some dozens.
class FlatRows : public spine::TownSink {
 public:
  FlatRows(const spine::TownDivisions& divisions, std::uint64_t stride) : m_divisions(divisions), m_stride(stride) {}
  void place(const spine::TownPlace&) override {}
  void building(const spine::TownBuilding&) override {}
  void address(const spine::TownAddress& town) override {
    const bool fits = town.level == Level::number || (town.level == Level::room && !town.place.empty());
    if (!fits || m_random.below(m_stride) != 0) return;
    const std::string shop = names[m_random.below(names.size())] + trades[m_random.below(trades.size())];
    const bool asked = m_random.chance(0.2);
    rows.push_back({written(town, shop), asked ? written(town, shop) : ""});
  }
  std::vector<Row> rows;

 private:
  /// One of the ways in which somebody would write it.
  std::string written(const spine::TownAddress& town, const std::string& shop) {
    if (m_random.chance(0.06)) return m_divisions.town + town.place + shop;
    std::string text = spine::make_dirty(town, m_divisions, {0.3, 0.5, 0, 0.2, 0}, m_random).text;
    if (m_random.chance(0.35)) text += "（" + shop + "）";
    if (m_random.chance(0.15)) text += shop;
    if (m_random.chance(0.08)) text += asides[m_random.below(asides.size())];
    return text;
  }

  inline static const std::vector<std::string> names = {"和兴", "永发", "宝来", "佳美", "顺达", "福满",
                                                        "金禾", "大有", "同心", "锦程", "百和", "新源",
                                                        "恒丰", "聚福", "明珠", "利群", "万家", "德胜"};
  inline static const std::vector<std::string> trades = {"便利店", "五金店", "理发店", "药店", "餐厅",
                                                         "服装店", "修车行", "水果店", "仓库", "早餐档"};
  inline static const std::vector<std::string> asides = {"对面", "旁边", "首层", "后座", "侧门"};
  const spine::TownDivisions& m_divisions;
  std::uint64_t m_stride;
  spine::Random m_random{41};
};

}  // namespace

void print_flat_list(const DivisionSet& set, const Options& options) {
  const spine::TownDivisions divisions = spine::town_divisions(set);
  FlatRows list(divisions, 12);
  spine::TownOptions town;
  town.rooms = 600'000;
  spine::make_town(town, divisions, list);
  const std::filesystem::path file = options.folder / "flat-list.mpl";
  address::LibraryBuilder builder(set, "invented shops");
  for (std::size_t i = 0; i < list.rows.size(); ++i) {
    address::SourceAddress row;
    row.id = std::to_string(i);
    row.address = list.rows[i].text;
    builder.add(row);
  }
  builder.write(file);
  Engine engine(Library::open(file));
  Reliability reliability;
  std::size_t asked = 0, first = 0, rows_named = 0, safe = 0, safe_wrong = 0;
  Answer answer;
  for (std::size_t i = 0; i < list.rows.size(); ++i) {
    if (list.rows[i].asked.empty() || asked >= options.per_kind) continue;
    engine.clean(list.rows[i].asked, {}, answer);
    ++asked;
    const std::string& id = answer.candidates.empty() ? answer.id : answer.candidates.front().id;
    // Two rows may have been written the same: then either is right.
    const bool right = !id.empty() && (id == std::to_string(i) || list.rows[std::stoul(id)].text == list.rows[i].text);
    first += right ? 1 : 0;
    if (id.empty()) continue;  // its divisions at most
    ++rows_named;
    if (answer.grade == Grade::a || answer.grade == Grade::b) ++safe, safe_wrong += right ? 0 : 1;
    reliability.add(answer.score, right);
  }
  std::filesystem::remove(file);
  const double share = 100.0 * double(first) / double(std::max<std::size_t>(1, asked));
  std::printf(
      "\nA messy list of %zu rows, %zu asked for: a row named for %zu, R@1 %.2f %%; grades A and B %zu, of them "
      "wrong %zu\n",
      list.rows.size(), asked, rows_named, share, safe, safe_wrong);
  note("flat list R@1", share);
  reliability.print("messy list");
}

}  // namespace menpai::bench
