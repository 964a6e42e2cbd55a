// SPDX-License-Identifier: Apache-2.0
#include "spine/numbering.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "base/error.hpp"

namespace menpai::spine {
namespace {

constexpr int main_max = 99'999;
/// As far apart as doors of one side ordinarily lie: what is more is open frontage.
constexpr double ordinary_gap_m = 12;

/// One side of the street: the numbers there are, by where they stand, and those that come.
class Side {
 public:
  Side(const NumberingRule& rule, Parity parity, std::set<int>& used, std::map<int, int>& subs)
      : m_rule(rule), m_first(parity == Parity::odd ? 1 : 2), m_used(used), m_subs(subs) {}

  void stand(double along_m, int main) { m_standing.emplace_back(along_m, main); }
  /// After the last stand() and before the first give().
  void begin() {
    std::sort(m_standing.begin(), m_standing.end());
    m_lowest_from.assign(m_standing.size() + 1, no_number);
    for (std::size_t i = m_standing.size(); i > 0; --i) {
      m_lowest_from[i - 1] = std::min(m_lowest_from[i], m_standing[i - 1].second);
    }
  }

  /// Gives a number to a door. Doors must come in the order of the street.
  void give(NumberedPlanDoor& door, std::vector<ReservedNumbers>& reserved) {
    const double along_m = door.station.along_m;
    for (; m_passed < m_standing.size() && m_standing[m_passed].first <= along_m; ++m_passed) {
      // The numbers of a street that was numbered badly may fall: what is given lies above all before it.
      pass(m_standing[m_passed].first, m_standing[m_passed].second);
    }
    const int high = m_lowest_from[m_passed];
    const bool is_by_distance = m_rule.metres_a_number > 0;
    const int next = m_low == 0 ? m_first : m_low + 2;
    const int wanted = is_by_distance ? m_first + 2 * static_cast<int>(std::floor(along_m / m_rule.metres_a_number))
                                      : next + 2 * kept_before(along_m, high, next);
    const int main = free_number(std::max(wanted, next), high);
    if (main > 0) {
      door.reason = is_by_distance ? NumberReason::by_distance : NumberReason::in_sequence;
      door.number = {main, 0};
      if (!is_by_distance && main > next) reserved.push_back({next, main - 2});
      m_used.insert(main);
      pass(along_m, main);
      return;
    }
    const int base = m_low > 0 ? m_low : high;
    if (base > main_max || (m_low > 0 && high == no_number)) {
      door.refusal = NumberRefusal::number_limit;
      return;
    }
    door.reason = NumberReason::sub_number;
    door.number = {base, ++m_subs[base]};
  }

 private:
  static constexpr int no_number = std::numeric_limits<int>::max();

  void pass(double along_m, int main) {
    m_low = std::max(m_low, main);
    m_last_m = along_m;
  }

  /// How many numbers the open frontage before the door keeps free, as far as they fit below the next.
  int kept_before(double along_m, int high, int next) const {
    if (m_rule.reserve_m <= 0 || m_low == 0) return 0;
    const double open_m = along_m - m_last_m - ordinary_gap_m;
    if (open_m <= 0) return 0;
    const int kept = static_cast<int>(open_m / m_rule.reserve_m);
    return high == no_number ? kept : std::min(kept, std::max(0, (high - next) / 2 - 1));
  }

  /// The nearest free number from `wanted` on, else below it; 0 if there is none between its neighbours.
  int free_number(int wanted, int high) const {
    const auto is_free = [&](int number) {
      return !m_used.contains(number) &&
             std::find(m_rule.left_out.begin(), m_rule.left_out.end(), number) == m_rule.left_out.end();
    };
    for (int number = wanted; number < high && number <= main_max; number += 2) {
      if (is_free(number)) return number;
    }
    for (int number = std::min({wanted, high, main_max}) - 2; number > m_low; number -= 2) {
      if ((number - m_first) % 2 == 0 && is_free(number)) return number;
    }
    return 0;
  }

  const NumberingRule& m_rule;
  int m_first;
  std::set<int>& m_used;
  std::map<int, int>& m_subs;
  std::vector<std::pair<double, int>> m_standing;  // numbers there are: where, which
  std::vector<int> m_lowest_from;                  // the lowest of them from an index on
  std::size_t m_passed = 0;
  int m_low = 0;  // the highest number before the next door
  double m_last_m = 0;
};

}  // namespace

std::string_view number_reason_name(NumberReason reason) {
  constexpr std::array<std::string_view, 3> names = {"in_sequence", "by_distance", "sub_number"};
  return names[static_cast<std::size_t>(reason)];
}

std::string_view number_refusal_name(NumberRefusal refusal) {
  constexpr std::array<std::string_view, 4> names = {"none", "on_the_line", "too_far", "number_limit"};
  return names[static_cast<std::size_t>(refusal)];
}

NumberPlan plan_numbers(const NumberingRule& rule, const StreetLine& street, std::span<const Door> doors,
                        std::span<const TakenNumber> taken) {
  std::set<int> used;
  std::map<int, int> subs;
  std::array<Side, 2> sides = {Side(rule, Parity::odd, used, subs), Side(rule, Parity::even, used, subs)};
  for (const TakenNumber& one : taken) {
    used.insert(one.number.main);
    subs[one.number.main] = std::max(subs[one.number.main], one.number.sub);
    if (!one.point || one.number.sub > 0) continue;
    // A number counts for the side whose series it belongs to, wherever its door happens to be.
    sides[one.number.main % 2 == 1 ? 0 : 1].stand(street.station_of(*one.point).along_m, one.number.main);
  }

  for (Side& side : sides) side.begin();

  NumberPlan plan;
  std::vector<std::size_t> order;
  for (const Door& door : doors) {
    NumberedPlanDoor& numbered = plan.doors.emplace_back();
    numbered.key = door.key;
    numbered.station = street.station_of(door.point);
    numbered.parity = door.parity ? door.parity : street.parity_at(numbered.station);
    if (std::abs(numbered.station.offset_m) > door_distance_max_m) {
      numbered.refusal = NumberRefusal::too_far;
    } else if (!numbered.parity) {
      numbered.refusal = NumberRefusal::on_the_line;
    } else {
      order.push_back(plan.doors.size() - 1);
    }
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return plan.doors[a].station.along_m < plan.doors[b].station.along_m;
  });
  for (const std::size_t i : order) {
    NumberedPlanDoor& door = plan.doors[i];
    sides[*door.parity == Parity::odd ? 0 : 1].give(door, plan.reserved);
    if (door.refusal == NumberRefusal::none) door.text = door_number_text(door.number, rule.sub_form);
  }
  return plan;
}

DoorNumber next_sub_number(DoorNumber base, std::span<const TakenNumber> taken) {
  if (base.sub > 0) {
    throw Error(ErrorCode::bad_request, "A sub-number gets no sub-number of its own: name the number itself.");
  }
  int last = 0;
  for (const TakenNumber& one : taken) {
    if (one.number.main == base.main) last = std::max(last, one.number.sub);
  }
  return {base.main, last + 1};
}

}  // namespace menpai::spine
