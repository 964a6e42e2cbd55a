// SPDX-License-Identifier: Apache-2.0
#include "bench/right.hpp"

#include <algorithm>
#include <cstdio>
#include <map>

#include "address/engine.hpp"
#include "bench/measure.hpp"
#include "bench/reliability.hpp"

namespace menpai::bench {
namespace {

using address::Engine;
using address::Library;
constexpr std::size_t errors_shown = 10;

const std::string& best_code(const Answer& answer) {
  return answer.candidates.empty() ? answer.code : answer.candidates.front().code;
}

/// Answers that are not what was meant, by what is the matter with them.
class Errors {
 public:
  void add(const Asked& asked, const Answer& answer, std::string_view outcome) {
    std::string kind = std::string(kind_names[static_cast<std::size_t>(asked.kind)]) + ", " + std::string(outcome);
    const auto worst = std::max_element(answer.reasons.begin(), answer.reasons.end(),
                                        [](const auto& a, const auto& b) { return a.reason < b.reason; });
    if (worst != answer.reasons.end()) {
      kind += ", " + std::string(level_name(worst->level)) + ":" + std::string(reason_name(worst->reason));
    }
    Seen& seen = m_kinds[kind];
    if (seen.count++ > 0) return;
    const std::string best = answer.candidates.empty() ? answer.address : answer.candidates.front().address;
    seen.example = asked.text + " → " + (best.empty() ? "nothing" : best) +
                   ", meant: " + (asked.code.empty() ? "none; made from " : "") + asked.address;
  }
  void print(const std::string& name, std::size_t asked) const {
    std::vector<std::pair<std::string, Seen>> kinds(m_kinds.begin(), m_kinds.end());
    std::stable_sort(kinds.begin(), kinds.end(),
                     [](const auto& a, const auto& b) { return a.second.count > b.second.count; });
    std::printf("\n%s: the %zu most frequent kinds of what was not answered right\n", name.c_str(), errors_shown);
    for (std::size_t i = 0; i < std::min(errors_shown, kinds.size()); ++i) {
      std::printf("  %6zu (%.2f %%)  %s\n           %s\n", kinds[i].second.count,
                  100.0 * double(kinds[i].second.count) / double(asked), kinds[i].first.c_str(),
                  kinds[i].second.example.c_str());
    }
  }

 private:
  struct Seen {
    std::size_t count = 0;
    std::string example;
  };
  std::map<std::string, Seen> m_kinds;
};

struct Right {
  std::size_t asked = 0, right = 0, wrong = 0, held = 0, none = 0, first = 0, a = 0, a_wrong = 0;
};

/// Whether the score of an answer was spoken of the right thing. Of an address that there is not, it speaks of what
/// there is of it: the building, the road.
bool score_is_right(const Asked& asked, const Answer& answer) {
  const bool is_part = asked.code.empty() && answer.level < Level::room && asked.address.starts_with(answer.address);
  return is_part || (!asked.code.empty() && best_code(answer) == asked.code);
}

void weigh(const Asked& asked, const Answer& answer, Right& r, Errors& errors) {
  const bool is_right = !asked.code.empty() && answer.code == asked.code;
  const bool is_first = !asked.code.empty() && best_code(answer) == asked.code;
  ++r.asked;
  r.first += is_first ? 1 : 0;
  if (answer.grade == Grade::a) ++r.a, r.a_wrong += is_right ? 0 : 1;
  if (answer.grade == Grade::none) {
    ++r.none;
    if (!asked.code.empty()) errors.add(asked, answer, "nothing found");
  } else if (answer.grade == Grade::c) {
    ++r.held;
    // What several addresses fit, or what there is not, is for a person.
    const bool is_for_person = asked.kind == Kind::ambiguous || asked.kind == Kind::nonexistent;
    if (!is_for_person) errors.add(asked, answer, is_first ? "held though right" : "held, another first");
  } else if (is_right) {
    ++r.right;
  } else {
    ++r.wrong;
    errors.add(asked, answer, "wrong");
  }
}

}  // namespace

void print_right(const Workload& workload) {
  const std::string name = grouped(double(workload.rooms)) + " rooms";
  Engine engine(Library::open(workload.library));
  Reliability reliability;
  Errors errors;
  std::size_t asked_in_all = 0;
  std::printf("\n%s: how right (shares in %%)\n%-16s %8s %8s %8s %8s %8s %8s %9s\n", name.c_str(), "kind", "asked",
              "right", "wrong", "held", "none", "R@1", "A wrong");
  for (int k = 0; k < kind_count; ++k) {
    Right r;
    Answer answer;
    for (const Asked& one : workload.asked[static_cast<std::size_t>(k)]) {
      engine.clean(one.text, {}, answer);
      weigh(one, answer, r, errors);
      if (answer.grade != Grade::none) reliability.add(answer.score, score_is_right(one, answer));
    }
    if (r.asked == 0) continue;
    asked_in_all += r.asked;
    const auto share = [&](std::size_t n) { return 100.0 * double(n) / double(r.asked); };
    std::printf("%-16s %8zu %8.2f %8.2f %8.2f %8.2f %8.2f %5zu/%zu\n", kind_names[static_cast<std::size_t>(k)], r.asked,
                share(r.right), share(r.wrong), share(r.held), share(r.none), share(r.first), r.a_wrong, r.a);
    note(name + " R@1 " + kind_names[static_cast<std::size_t>(k)], share(r.first));
    note(name + " wrong " + kind_names[static_cast<std::size_t>(k)], share(r.wrong));
  }
  reliability.print(name);
  errors.print(name, asked_in_all);
}

}  // namespace menpai::bench
