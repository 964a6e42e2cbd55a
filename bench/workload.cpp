// SPDX-License-Identifier: Apache-2.0
#include "bench/workload.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <functional>
#include <limits>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <utility>

#include "address/engine.hpp"
#include "base/error.hpp"
#include "bench/clock.hpp"
#include "spine/town.hpp"
#include "spine/town_dirt.hpp"

namespace menpai::bench {
namespace {

constexpr std::uint64_t query_seed = 20'191'118;

/// Takes one address in `stride`, evenly spread.
class Sampler : public spine::TownSink {
 public:
  explicit Sampler(std::uint64_t stride_) : m_stride(std::max<std::uint64_t>(1, stride_)) {}
  void place(const spine::TownPlace&) override {}
  void building(const spine::TownBuilding&) override {}
  void address(const spine::TownAddress& address) override {
    const bool is_asked = !address.code.empty() && (address.level == Level::room || address.level == Level::number);
    if (is_asked && spine::Random({query_seed, m_seen}).below(m_stride) == 0) sample.push_back(address);
    ++m_seen;
  }
  std::vector<spine::TownAddress> sample;

 private:
  std::uint64_t m_stride;
  std::uint64_t m_seen = 0;
};

/// Makes all rows of the library, in blocks: all of them first, or beside the builder that takes them, so that a large
/// town needs no memory for its texts.
class Rows : public spine::TownSink {
 public:
  Rows(const spine::TownDivisions& divisions, Workload& workload, std::size_t blocks_max)
      : m_divisions(divisions), m_workload(workload), m_blocks_max(blocks_max) {}
  void place(const spine::TownPlace&) override {}
  void building(const spine::TownBuilding&) override {}
  void address(const spine::TownAddress& town) override {
    address::SourceAddress row;
    row.address = spine::standard_text(town, m_divisions);
    row.code = town.code;
    row.division_code = town.division_code;
    row.point = town.point;
    if (m_workload.addresses++ % 64 == 0) m_workload.standard.push_back(row.address);
    m_filling.push_back(std::move(row));
    if (m_filling.size() == block_rows) pass_on();
  }
  void finish() {
    pass_on();
    const std::lock_guard lock(m_mutex);
    m_over = true;
    m_changed.notify_all();
  }
  bool take(std::vector<address::SourceAddress>& block) {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [&] { return m_over || !m_blocks.empty(); });
    if (m_blocks.empty()) return false;
    block = std::move(m_blocks.front());
    m_blocks.pop_front();
    m_changed.notify_all();
    return true;
  }

 private:
  static constexpr std::size_t block_rows = 8192;
  void pass_on() {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [&] { return m_blocks.size() < m_blocks_max; });
    m_blocks.push_back(std::exchange(m_filling, {}));
    m_filling.reserve(block_rows);
    m_changed.notify_all();
  }

  const spine::TownDivisions& m_divisions;
  Workload& m_workload;
  std::size_t m_blocks_max;
  std::vector<address::SourceAddress> m_filling;
  std::deque<std::vector<address::SourceAddress>> m_blocks;
  bool m_over = false;
  std::mutex m_mutex;
  std::condition_variable m_changed;
};

constexpr std::uint64_t rooms_in_memory = 12'000'000;  ///< of a larger town the texts are made while it is built

void build_library(const DivisionSet& set, const spine::TownOptions& options, const spine::TownDivisions& divisions,
                   Workload& workload) {
  const bool beside = options.rooms > rooms_in_memory;
  Rows rows(divisions, workload, beside ? 64 : std::numeric_limits<std::size_t>::max());
  double making_cpu_s = 0;
  std::thread maker([&] {
    const double begin = thread_cpu_s();
    spine::make_town(options, divisions, rows);
    rows.finish();
    making_cpu_s = thread_cpu_s() - begin;
  });
  if (!beside) maker.join();
  address::LibraryBuilder builder(set, "demo town, " + std::to_string(options.rooms) + " rooms");
  double cpu = process_cpu_s();
  double wall = wall_s();
  builder.add_all([&](std::vector<address::SourceAddress>& block) { return rows.take(block); });
  workload.read_cpu_s = process_cpu_s() - cpu;
  workload.wall_s = wall_s() - wall;
  if (beside) {
    maker.join();
    workload.read_cpu_s -= making_cpu_s;
  }
  cpu = process_cpu_s();
  wall = wall_s();
  builder.write(workload.library);
  workload.write_cpu_s = process_cpu_s() - cpu;
  workload.wall_s += wall_s() - wall;
  workload.made_beside = beside;
}

/// The address with one level left out, as something to compare by. Empty where it has not that level.
using LeftOut = std::string (*)(spine::TownAddress);
std::string without_unit(spine::TownAddress a) {
  if (a.unit == 0 || a.room.empty()) return {};
  a.unit = 0;
  return spine::local_text(a);
}
std::string without_phase(spine::TownAddress a) {
  if (a.phase.empty()) return {};
  a.phase.clear();
  return spine::local_text(a);
}
std::string without_building(spine::TownAddress a) {
  if (a.building.empty() || a.room.empty()) return {};
  a.building.clear();
  a.building_suffix.clear();
  a.unit = 0;
  return spine::local_text(a);
}
std::string without_floor(spine::TownAddress a) {
  if (a.floor == 0 || a.room.empty()) return {};
  a.floor = 0;
  return spine::local_text(a);
}
std::string without_group(spine::TownAddress a) {
  if (a.group == 0) return {};
  a.group = 0;
  return spine::local_text(a);
}
/// Nothing is left out below the town: the divisions are.
std::string without_divisions(spine::TownAddress a) {
  return spine::local_text(a);
}
constexpr std::array<LeftOut, 6> left_outs = {without_unit,  without_phase, without_building,
                                              without_floor, without_group, without_divisions};

/// How many addresses of the town each text may mean.
class Counter : public spine::TownSink {
 public:
  void place(const spine::TownPlace&) override {}
  void building(const spine::TownBuilding&) override {}
  void address(const spine::TownAddress& address) override {
    for (std::size_t i = 0; i < left_outs.size(); ++i) {
      const std::string text = left_outs[i](address);
      if (text.empty()) continue;
      if (const auto at = fits.find(std::hash<std::string>()(text)); at != fits.end()) at->second.insert(address.id);
    }
    // A text without the level may also be the whole of another address.
    if (const auto at = fits.find(std::hash<std::string>()(spine::local_text(address))); at != fits.end())
      at->second.insert(address.id);
  }
  struct Ids {
    std::string first;
    bool several = false;
    void insert(const std::string& id) {
      if (first.empty()) first = id;
      several = several || first != id;
    }
  };
  std::unordered_map<std::size_t, Ids> fits;
};

spine::DirtShares only(Kind kind) {
  spine::DirtShares shares{0, 0, 0, 0, 0};
  switch (kind) {
    case Kind::exact:
      shares.exact = 1;
      break;
    case Kind::format:
      shares.format = 1;
      break;
    case Kind::missing:
    case Kind::ambiguous:
      shares.missing = 1;
      break;
    case Kind::typo:
      shares.typo = 1;
      break;
    case Kind::nonexistent:
      shares.nonexistent = 1;
      break;
  }
  return shares;
}

Kind kind_of(spine::DirtClass dirt) {
  switch (dirt) {
    case spine::DirtClass::exact:
      return Kind::exact;
    case spine::DirtClass::format:
      return Kind::format;
    case spine::DirtClass::missing:
      return Kind::ambiguous;
    case spine::DirtClass::typo:
      return Kind::typo;
    case spine::DirtClass::nonexistent:
      return Kind::nonexistent;
  }
  return Kind::exact;
}

void add_dirty(const std::vector<spine::TownAddress>& sample, const spine::TownDivisions& divisions, Kind kind,
               std::size_t per_kind, Workload& workload) {
  std::vector<Asked>& out = workload.asked[static_cast<std::size_t>(kind)];
  for (std::size_t i = 0; i < sample.size() && out.size() < per_kind; ++i) {
    spine::Random random({query_seed, static_cast<std::uint64_t>(kind), i});
    spine::DirtyText dirty = spine::make_dirty(sample[i], divisions, only(kind), random);
    // Where a kind is impossible for an address it comes back as another; that one has enough of its own.
    if (kind_of(dirty.dirt) != kind) continue;
    out.push_back({std::move(dirty.text), kind == Kind::nonexistent ? "" : sample[i].code,
                   spine::standard_text(sample[i], divisions), kind});
  }
}

/// One of the levels that each address can do without, in turn; half of them without their divisions as well.
void add_missing(const std::vector<spine::TownAddress>& sample, const spine::TownOptions& options,
                 const spine::TownDivisions& divisions, std::size_t per_kind, Workload& workload) {
  Counter counter;
  for (const spine::TownAddress& address : sample) {
    for (const LeftOut left_out : left_outs) {
      const std::string text = left_out(address);
      if (!text.empty()) counter.fits[std::hash<std::string>()(text)];
    }
  }
  spine::make_town(options, divisions, counter);
  std::vector<Asked>& out = workload.asked[static_cast<std::size_t>(Kind::missing)];
  const std::string prefix = divisions.province + divisions.city + divisions.town;
  for (std::size_t i = 0; i < sample.size() && out.size() < per_kind; ++i) {
    spine::Random random({query_seed, 77, i});
    const std::size_t begin = random.below(left_outs.size());
    for (std::size_t k = 0; k < left_outs.size(); ++k) {
      const LeftOut left_out = left_outs[(begin + k) % left_outs.size()];
      const std::string text = left_out(sample[i]);
      if (text.empty()) continue;
      const Counter::Ids& ids = counter.fits[std::hash<std::string>()(text)];
      if (ids.several) continue;
      const bool bare = left_out == without_divisions || random.chance(0.5);
      out.push_back(
          {bare ? text : prefix + text, sample[i].code, spine::standard_text(sample[i], divisions), Kind::missing});
      break;
    }
  }
}

}  // namespace

Workload make_workload(const std::filesystem::path& folder, const DivisionSet& set, std::uint64_t rooms,
                       std::uint64_t seed, std::size_t per_kind, bool build_anew) {
  Workload workload;
  workload.asked_rooms = rooms;
  const spine::TownDivisions divisions = spine::town_divisions(set);
  spine::TownOptions options;
  options.rooms = rooms;
  options.seed = seed;
  Sampler sampler(rooms / (per_kind * 2) + 1);
  workload.rooms = spine::make_town(options, divisions, sampler).rooms;
  for (const Kind kind : {Kind::exact, Kind::format, Kind::typo, Kind::ambiguous, Kind::nonexistent})
    add_dirty(sampler.sample, divisions, kind, per_kind, workload);
  add_missing(sampler.sample, options, divisions, per_kind, workload);

  workload.library = folder / ("town-" + std::to_string(rooms) + "-" + std::to_string(seed) + ".mpl");
  bool there = false;
  if (!build_anew && std::filesystem::exists(workload.library)) {
    try {
      workload.addresses = address::Library::open(workload.library)->facts().addresses;
      there = true;
    } catch (const Error&) {
      // Of another version: built anew below.
    }
  }
  if (!there) {
    build_library(set, options, divisions, workload);
  } else {
    for (const Asked& asked : workload.asked[0]) workload.standard.push_back(asked.text);
  }
  return workload;
}

std::vector<const Asked*> mix_of(const Workload& workload, std::size_t count) {
  constexpr std::array<Kind, 10> tenth = {Kind::exact, Kind::format, Kind::exact,  Kind::missing, Kind::format,
                                          Kind::exact, Kind::typo,   Kind::format, Kind::exact,   Kind::missing};
  std::array<std::size_t, kind_count> next{};
  std::vector<const Asked*> mixed;
  while (mixed.size() < count) {
    const auto kind = static_cast<std::size_t>(tenth[mixed.size() % tenth.size()]);
    const std::vector<Asked>& of_kind = workload.asked[kind];
    if (of_kind.empty()) throw Error(ErrorCode::bad_request, "The town is too small for this workload.");
    mixed.push_back(&of_kind[next[kind]++ % of_kind.size()]);
  }
  spine::Random random(query_seed);
  for (std::size_t i = mixed.size(); i > 1; --i) std::swap(mixed[i - 1], mixed[random.below(i)]);
  return mixed;
}

}  // namespace menpai::bench
