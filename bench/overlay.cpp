// SPDX-License-Identifier: Apache-2.0
#include "bench/overlay.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <memory>
#include <random>

#include "address/overlay.hpp"
#include "bench/measure.hpp"

namespace menpai::bench {
namespace {

using address::AddressEdit;
using address::Engine;
using address::Library;
using address::Overlay;

constexpr std::size_t edits_at_once = 1000;

/// Addresses of the library taken by chance, and what happens to them.
class EditMaker {
 public:
  EditMaker(const std::shared_ptr<const Library>& library, std::uint64_t seed)
      : m_engine(library), m_rows(library->facts().addresses), m_random(seed) {}

  AddressEdit next() {
    AddressEdit edit;
    const Candidate at = pick();
    edit.address = {.id = at.id,
                    .address = at.address,
                    .code = at.code,
                    .division_code = at.division_code,
                    .aliases = {},
                    .point = at.point};
    switch (m_count++ % 3) {
      case 0:
        edit.retired = true;
        edit.successor = pick().address;
        break;
      case 1:
        if (edit.address.point) edit.address.point->lon += 1e-5;
        break;
      default:
        edit.address.id = "new-" + std::to_string(m_count);
        edit.address.code.clear();
        edit.address.address = other_room(at.address);
        break;
    }
    return edit;
  }

 private:
  Candidate pick() {
    Candidate found;
    for (;;) {
      address::Nearest row;
      row.anchor = static_cast<address::Anchor>(m_random() % m_rows);
      row.distance_m = 0;
      if (m_engine.describe(row, found) && found.level == Level::room) return found;
    }
  }
  /// A room that there is not, in the same building.
  static std::string other_room(const std::string& address) {
    std::size_t end = address.size();
    while (end > 0 && (address[end - 1] < '0' || address[end - 1] > '9')) --end;
    std::size_t begin = end;
    while (begin > 0 && address[begin - 1] >= '0' && address[begin - 1] <= '9') --begin;
    return address.substr(0, begin) + "99" + address.substr(begin);
  }

  Engine m_engine;
  std::uint64_t m_rows;
  std::mt19937_64 m_random;
  std::uint64_t m_count = 0;
};

std::unique_ptr<Overlay> edited(const std::shared_ptr<const Library>& library, double share) {
  auto overlay = std::make_unique<Overlay>(library);
  EditMaker maker(library, 11);
  auto left = static_cast<std::uint64_t>(share * static_cast<double>(library->facts().addresses));
  std::vector<AddressEdit> edits;
  for (; left > 0; --left) {
    edits.push_back(maker.next());
    if (edits.size() < edits_at_once && left > 1) continue;
    overlay->apply(edits);
    edits.clear();
  }
  return overlay;
}

/// Milliseconds from the edit to the answer that knows it.
std::vector<double> edit_times_ms(Overlay& overlay, std::size_t count) {
  EditMaker maker(overlay.base(), 12);
  Engine engine(overlay.library());
  Answer answer;
  std::vector<double> times_ms;
  while (times_ms.size() < count) {
    const AddressEdit edit = maker.next();
    engine.clean(edit.address.address, {}, answer);
    const auto began = std::chrono::steady_clock::now();
    overlay.apply({&edit, 1});
    engine.clean(edit.address.address, {}, answer);
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - began;
    times_ms.push_back(took.count());
  }
  std::sort(times_ms.begin(), times_ms.end());
  return times_ms;
}

}  // namespace

void print_overlay(const std::vector<Workload>& workloads, const Options& options) {
  for (const Workload& workload : workloads) {
    const std::shared_ptr<const Library> library = Library::open(workload.library);
    const std::unique_ptr<Overlay> few = edited(library, 0.001);
    const std::unique_ptr<Overlay> many = edited(library, 0.01);
    const std::vector<std::string_view> mix = texts_of(mix_of(workload, options.per_kind));
    std::vector<Answer> answers;
    std::vector<std::function<void()>> runs;
    for (const auto& one : {library, few->library(), many->library()}) {
      runs.push_back([&mix, &answers, one] {
        Engine engine(one);
        clean_all(engine, mix, answers);
      });
    }
    const std::vector<std::vector<double>> taken = run_rounds(runs, options.rounds);
    std::printf("\nEdits over %s rooms: the mix under them against the library alone\n",
                grouped(static_cast<double>(workload.rooms)).c_str());
    const std::string size = std::to_string(workload.asked_rooms);
    const auto print = [&](const char* name, const Overlay& overlay, std::size_t run) {
      const Spread ratio = ratio_of(taken[run], taken[0]);
      std::printf("  %-6s %9s edits: %.3f times the time (%.3f … %.3f)\n", name,
                  grouped(static_cast<double>(overlay.size())).c_str(), ratio.median, ratio.low, ratio.high);
      note("overlay/" + size + "/" + name, ratio.median);
    };
    print("0.1 %", *few, 1);
    print("1 %", *many, 2);
    const std::vector<double> times_ms = edit_times_ms(*many, 300);
    const double slow_ms = times_ms[times_ms.size() * 99 / 100];
    std::printf("  an edit is seen after %.2f ms (99 of 100 within %.2f ms)\n", times_ms[times_ms.size() / 2], slow_ms);
    note("overlay/" + size + "/edit_ms", times_ms[times_ms.size() / 2]);
    note("overlay/" + size + "/edit_p99_ms", slow_ms);
  }
}

}  // namespace menpai::bench
