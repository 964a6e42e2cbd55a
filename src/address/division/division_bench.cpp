// SPDX-License-Identifier: Apache-2.0
// How fast divisions are found: normalise, resolve, read and answer from divisions alone, on an invented nation of the
// real one's size.
#include <benchmark/benchmark.h>
#include <random>

#include "address/match/assess.hpp"
#include "address/read/address_path.hpp"
#include "address/read/reader.hpp"
#include "base/utf8.hpp"

namespace menpai::address {
namespace {

constexpr std::size_t text_count = 20'000;

/// Invented names of two or three characters, in the proportions of the nation: 34 provinces, 340 cities, 2,900
/// counties, 41,000 towns, 400,000 villages. The same on every machine.
class Nation {
 public:
  Nation() {
    set.edition = "invented";
    for (int p = 0; p < 34; ++p) add_province(std::to_string(11 + p));
    std::shuffle(texts.begin(), texts.end(), random);
    texts.resize(std::min(texts.size(), text_count));
  }

  DivisionSet set;
  std::vector<std::string> texts;

 private:
  static constexpr std::u32string_view characters =
      U"山水江河湖海洋溪泉石林木松柏竹梅兰桂桃柳花草云雨风雷日月星辰金银铜铁玉珠宝福禄寿喜安宁平和太永长兴隆昌盛富贵荣"
      U"华光"
      U"明清新文武德仁义礼智信忠孝龙凤虎马羊鹤鹿";

  std::string name(std::string_view word) {
    std::u32string out;
    const std::size_t length = random() % 5 == 0 ? 3 : 2;
    for (std::size_t i = 0; i < length; ++i) out += characters[random() % characters.size()];
    return utf8::encode(out) + std::string(word);
  }

  std::string add(const std::string& code, const std::string& parent, std::string_view word, Level level) {
    set.divisions.push_back({code, parent, name(word), level, "", ""});
    return set.divisions.back().name;
  }

  static std::string two(int n) { return std::to_string(100 + n).substr(1); }

  void add_province(const std::string& code) {
    const std::string province = add(code, "", "省", Level::province);
    for (int c = 1; c <= 10; ++c) {
      const std::string city = add(code + two(c), code, "市", Level::city);
      for (int k = 1; k <= 9; ++k) add_county(code + two(c) + two(k), code + two(c), province + city);
    }
  }

  void add_county(const std::string& code, const std::string& parent, const std::string& head) {
    const std::string county = add(code, parent, random() % 2 == 0 ? "区" : "县", Level::county);
    for (int t = 1; t <= 14; ++t) {
      const std::string town_code = code + "1" + two(t);
      const std::string town = add(town_code, code, random() % 3 == 0 ? "街道" : "镇", Level::town);
      for (int v = 1; v <= 10; ++v) {
        const std::string village = add(town_code + "2" + two(v), town_code, "村", Level::village);
        if (random() % 16 == 0) add_text(head, county, town, village);
      }
    }
  }

  /// Two in five name all divisions, the others leave some out; a quarter lies in a village, most on a road.
  void add_text(const std::string& head, const std::string& county, const std::string& town,
                const std::string& village) {
    std::string text = random() % 5 == 0 ? county : head + county;
    if (random() % 5 < 3) text += town;
    const std::string number = std::to_string(1 + random() % 400) + "号";
    if (random() % 4 == 0) {
      text += village + number;
    } else {
      text += name("路") + number;
      if (random() % 2 == 0)
        text += std::to_string(1 + random() % 30) + "栋" + std::to_string(101 + random() % 900) + "室";
    }
    texts.push_back(std::move(text));
  }

  std::mt19937 random{20261120};
};

struct Bench {
  Nation nation;
  std::vector<std::byte> bytes = build_division_index(nation.set);
  DivisionIndex index{bytes};

  static const Bench& get() {
    static const Bench made;
    return made;
  }
};

/// Runs `work` on every text; the time is that of one text.
template <class Work>
void each_text(benchmark::State& state, const Work& work) {
  const std::vector<std::string>& texts = Bench::get().nation.texts;
  for (auto _ : state) {
    for (const std::string& text : texts) work(text);
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * texts.size()));
}

void normalise_texts(benchmark::State& state) {
  NormalText normal;
  each_text(state, [&](const std::string& text) {
    normalise(text, normal);
    benchmark::DoNotOptimize(normal.chars.data());
  });
}

void resolve_divisions(benchmark::State& state) {
  DivisionResolver resolver(Bench::get().index);
  NormalText normal;
  DivisionPath path;
  each_text(state, [&](const std::string& text) {
    normalise(text, normal);
    resolver.resolve(normal, no_division, path);
    benchmark::DoNotOptimize(path.node);
  });
}

void read_elements(benchmark::State& state) {
  Reader reader(Bench::get().index);
  Reading reading;
  each_text(state, [&](const std::string& text) {
    reader.read(text, no_division, reading);
    benchmark::DoNotOptimize(reading.elements.data());
  });
}

void answer_by_divisions(benchmark::State& state) {
  const DivisionIndex& index = Bench::get().index;
  Reader reader(index);
  Reading reading;
  AddressPath path;
  Answer answer;
  each_text(state, [&](const std::string& text) {
    answer.clear();
    reader.read(text, no_division, reading);
    make_path(reading, path);
    answer_from_divisions(index, text, reading, path, 5, answer);
    benchmark::DoNotOptimize(answer.address.data());
  });
}

BENCHMARK(normalise_texts)->Unit(benchmark::kMillisecond);
BENCHMARK(resolve_divisions)->Unit(benchmark::kMillisecond);
BENCHMARK(read_elements)->Unit(benchmark::kMillisecond);
BENCHMARK(answer_by_divisions)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace menpai::address
