// SPDX-License-Identifier: Apache-2.0
// Fits rules/calibration.tsv: asks untidy addresses of an invented town and compares the weight of each answer with how
// often such answers are right. Prints the table. Usage: calibration_fit PACKAGES RULES [rooms] [rows] [seed]
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <vector>

#include "address/engine.hpp"
#include "address/match/calibration.hpp"
#include "base/error.hpp"
#include "spine/division_source.hpp"
#include "spine/town_dirt.hpp"

namespace {

using namespace menpai;

struct Asked {
  spine::DirtyText dirty;
  std::string id;  ///< empty where there is no such address
  Level level = Level::none;
};

/// Puts the town into the library and keeps some of its addresses, untidy.
class TownToLibrary final : public spine::TownSink {
 public:
  TownToLibrary(const spine::TownDivisions& divisions, address::LibraryBuilder& builder, std::size_t every,
                std::uint64_t seed)
      : m_divisions(divisions), m_builder(builder), m_every(every), m_random(seed) {}
  void place(const spine::TownPlace& /*place*/) override {}
  void building(const spine::TownBuilding& /*building*/) override {}
  void address(const spine::TownAddress& town) override {
    address::SourceAddress source;
    source.id = town.id;
    source.address = spine::standard_text(town, m_divisions);
    source.division_code = town.division_code;
    m_builder.add(source);
    if (town.level < Level::number || m_random.below(m_every) != 0) return;
    Asked asked{spine::make_dirty(town, m_divisions, {}, m_random), town.id, town.level};
    if (asked.dirty.dirt == spine::DirtClass::nonexistent) asked.id.clear();
    rows.push_back(std::move(asked));
  }
  std::vector<Asked> rows;

 private:
  const spine::TownDivisions& m_divisions;
  address::LibraryBuilder& m_builder;
  std::size_t m_every;
  spine::Random m_random;
};

/// Answers of nearly one weight.
struct Block {
  double weight = 0;  ///< sum
  double from = 0;    ///< the smallest and the largest
  double to = 0;
  double right = 0;
  double count = 0;
  double share() const { return (right + 0.5) / (count + 1); }
};

/// Pool adjacent violators: neighbouring blocks are joined until the share of right answers rises with the weight.
std::vector<Block> fit(std::vector<std::pair<double, bool>>& points) {
  std::sort(points.begin(), points.end());
  std::vector<Block> blocks;
  for (const auto& [weight, right] : points) {
    const bool goes_on = !blocks.empty() && blocks.back().weight / blocks.back().count > weight - 0.005;
    if (!goes_on) blocks.emplace_back().from = weight;
    blocks.back().to = weight;
    blocks.back().weight += weight;
    blocks.back().right += right ? 1 : 0;
    blocks.back().count += 1;
  }
  for (std::size_t i = 1; i < blocks.size();) {
    if (blocks[i].share() > blocks[i - 1].share()) {
      ++i;
      continue;
    }
    blocks[i - 1].to = blocks[i].to;
    blocks[i - 1].weight += blocks[i].weight;
    blocks[i - 1].right += blocks[i].right;
    blocks[i - 1].count += blocks[i].count;
    blocks.erase(blocks.begin() + static_cast<std::ptrdiff_t>(i));
    if (i > 1) --i;
  }
  return blocks;
}

bool is_right(const Asked& asked, const Answer& answer) {
  return asked.id.empty() ? answer.level < asked.level : address::scored_id(answer) == asked.id;
}

int run(int argc, char** argv) {
  const DivisionSet divisions = spine::load_division_packages(argv[1], argv[2]);
  const spine::TownDivisions town = spine::town_divisions(divisions);
  spine::TownOptions options;
  options.rooms = argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 1'000'000;
  options.seed = argc > 5 ? std::strtoull(argv[5], nullptr, 10) : 20;
  const std::size_t rows = argc > 4 ? std::strtoull(argv[4], nullptr, 10) : 100'000;
  address::LibraryBuilder builder(divisions, "calibration");
  TownToLibrary sink(town, builder, std::max<std::size_t>(1, options.rooms / std::max<std::size_t>(1, rows)),
                     options.seed + 1);
  spine::make_town(options, town, sink);
  const auto file = std::filesystem::temp_directory_path() / "menpai-calibration.mpl";
  builder.write(file);
  std::array<std::vector<std::pair<double, bool>>, 4> points;
  address::Engine engine(address::Library::open(file));
  address::Query query;
  query.raw_score = true;
  Answer answer;
  for (const Asked& asked : sink.rows) {
    engine.clean(asked.dirty.text, query, answer);
    if (answer.grade == Grade::none) continue;
    const auto kind = static_cast<std::size_t>(address::answer_kind(answer));
    points[kind].emplace_back(answer.score, is_right(asked, answer));
  }
  std::filesystem::remove(file);
  std::printf("# The probability that an answer is right, by its kind and the weight of its evidence.\n");
  std::printf("# Source: made by bench/calibration_fit.cpp on an invented town of %llu rooms, seed %llu, %zu rows.\n",
              static_cast<unsigned long long>(options.rooms), static_cast<unsigned long long>(options.seed),
              sink.rows.size());
  std::printf("# kind\tweight\tprobability\tanswers\n");
  for (std::size_t kind = 0; kind < points.size(); ++kind) {
    const std::string_view name = address::answer_kind_name(static_cast<address::AnswerKind>(kind));
    for (const Block& block : fit(points[kind])) {
      // Level within a block, straight between blocks.
      for (const double weight : {block.from, block.to}) {
        std::printf("%.*s\t%.4f\t%.4f\t%.0f\n", static_cast<int>(name.size()), name.data(), weight, block.share(),
                    block.count);
        if (block.from == block.to) break;
      }
    }
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "Usage: calibration_fit PACKAGES RULES [rooms] [rows] [seed]\n";
    return 2;
  }
  try {
    return run(argc, argv);
  } catch (const menpai::Error& error) {
    std::cerr << error.what() << " " << error.detail() << "\n";
    return 1;
  }
}
