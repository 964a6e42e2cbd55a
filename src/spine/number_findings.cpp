// SPDX-License-Identifier: Apache-2.0
#include "spine/number_findings.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "spine/door_number.hpp"

namespace menpai::spine {
namespace {

/// Doors that lie this near to one another along the street have no order.
constexpr double same_place_m = 3;
/// So many doors, and this share of them, make a street's own order.
constexpr std::size_t enough_doors = 4;
constexpr double clear_share = 0.7;

struct Placed {
  const NumberedDoor* door;
  DoorNumber number;
  std::optional<Station> station;
};

/// Which of the values, taken in this order, must go so that the rest never falls: all but a longest rising run.
std::vector<bool> out_of_run(const std::vector<DoorNumber>& values) {
  std::vector<std::size_t> tails, before(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto at = std::upper_bound(tails.begin(), tails.end(), values[i],
                                     [&](const DoorNumber& value, std::size_t tail) { return value < values[tail]; });
    before[i] = at == tails.begin() ? values.size() : *(at - 1);
    if (at == tails.end()) {
      tails.push_back(i);
    } else {
      *at = i;
    }
  }
  std::vector<bool> is_out(values.size(), true);
  for (std::size_t i = tails.empty() ? values.size() : tails.back(); i < values.size(); i = before[i]) {
    is_out[i] = false;
  }
  return is_out;
}

class Search {
 public:
  Search(const NumberingRule& rule, const StreetLine* street, std::span<const NumberedDoor> doors)
      : m_rule(rule), m_street(street) {
    for (const NumberedDoor& door : doors) {
      const std::optional<ReadDoorNumber> read = read_door_number(door.text);
      if (!read) {
        m_findings.push_back({NumberFault::unreadable_number, {door.id}, door.text});
        continue;
      }
      if (read->is_sub_of_sub) m_findings.push_back({NumberFault::sub_of_sub, {door.id}, door.text});
      m_placed.push_back({&door, read->number, {}});
      if (street != nullptr && door.point) m_placed.back().station = street->station_of(*door.point);
    }
  }

  std::vector<NumberFinding> run() {
    find_duplicates();
    if (m_street != nullptr) find_wrong_sides();
    for (const int parity : {1, 0}) {
      std::vector<Placed> side;
      for (const Placed& one : m_placed) {
        if (one.number.main % 2 == parity) side.push_back(one);
      }
      if (m_street != nullptr) find_disorder(side);
      find_gaps(std::move(side));
    }
    return std::move(m_findings);
  }

 private:
  void find_duplicates() {
    std::map<DoorNumber, std::vector<std::string>> by_number;
    for (const Placed& one : m_placed) by_number[one.number].push_back(one.door->id);
    for (const auto& [number, ids] : by_number) {
      if (ids.size() > 1) {
        m_findings.push_back({NumberFault::duplicate_number, ids, door_number_text(number, m_rule.sub_form)});
      }
    }
  }

  void find_wrong_sides() {
    std::vector<std::pair<const Placed*, bool>> sided;  // and whether it lies where the rule wants it
    std::size_t fitting = 0;
    for (const Placed& one : m_placed) {
      if (!one.station) continue;
      const std::optional<Parity> parity = m_street->parity_at(*one.station);
      if (!parity) continue;
      const bool fits = (*parity == Parity::odd) == (one.number.main % 2 == 1);
      sided.emplace_back(&one, fits);
      fitting += fits ? 1 : 0;
    }
    const auto swapped = static_cast<double>(sided.size() - fitting);
    const bool is_swapped = sided.size() >= enough_doors && swapped >= clear_share * static_cast<double>(sided.size());
    if (is_swapped) m_findings.push_back({NumberFault::sides_swapped, {}, ""});
    // Where neither order prevails the street is numbered in one row, and no side is wrong.
    const bool is_sided = is_swapped || static_cast<double>(fitting) >= clear_share * static_cast<double>(sided.size());
    if (!is_sided) return;
    for (const auto& [one, fits] : sided) {
      if (fits == is_swapped) m_findings.push_back({NumberFault::wrong_side, {one->door->id}, one->door->text});
    }
  }

  static std::vector<DoorNumber> numbers_of(const std::vector<const Placed*>& order) {
    std::vector<DoorNumber> numbers;
    for (const Placed* one : order) numbers.push_back(one->number);
    return numbers;
  }
  /// Along the street; doors that lie at one place by their numbers.
  static std::vector<const Placed*> order_of(const std::vector<Placed>& side, bool is_turned) {
    std::vector<const Placed*> order;
    for (const Placed& one : side) {
      if (one.station) order.push_back(&one);
    }
    const auto along = [&](const Placed* one) { return is_turned ? -one->station->along_m : one->station->along_m; };
    std::sort(order.begin(), order.end(), [&](const Placed* a, const Placed* b) {
      return along(a) != along(b) ? along(a) < along(b) : a->number < b->number;
    });
    for (std::size_t from = 0; from < order.size();) {
      std::size_t to = from + 1;
      while (to < order.size() && along(order[to]) - along(order[from]) < same_place_m) ++to;
      std::sort(order.begin() + static_cast<std::ptrdiff_t>(from), order.begin() + static_cast<std::ptrdiff_t>(to),
                [](const Placed* a, const Placed* b) { return a->number < b->number; });
      from = to;
    }
    return order;
  }

  void find_disorder(const std::vector<Placed>& side) {
    std::vector<const Placed*> order = order_of(side, false);
    std::vector<bool> is_out = out_of_run(numbers_of(order));
    const auto wrong = static_cast<std::size_t>(std::count(is_out.begin(), is_out.end(), true));
    if (wrong > 0 && order.size() >= enough_doors) {
      std::vector<const Placed*> turned = order_of(side, true);
      std::vector<bool> turned_out = out_of_run(numbers_of(turned));
      const auto left = static_cast<std::size_t>(std::count(turned_out.begin(), turned_out.end(), true));
      if (left < wrong && static_cast<double>(order.size() - left) >= clear_share * static_cast<double>(order.size())) {
        if (!m_is_reversed) m_findings.push_back({NumberFault::direction_reversed, {}, ""});
        m_is_reversed = true;
        order = std::move(turned);
        is_out = std::move(turned_out);
      }
    }
    for (std::size_t i = 0; i < order.size(); ++i) {
      if (is_out[i]) m_findings.push_back({NumberFault::out_of_order, {order[i]->door->id}, order[i]->door->text});
    }
  }

  void find_gaps(std::vector<Placed> side) {
    // Numbers that follow from the distance leave gaps on purpose.
    if (m_rule.metres_a_number > 0) return;
    std::sort(side.begin(), side.end(), [](const Placed& a, const Placed& b) { return a.number < b.number; });
    for (std::size_t i = 1; i < side.size(); ++i) {
      const int low = side[i - 1].number.main, high = side[i].number.main;
      int missing = (high - low) / 2 - 1;
      for (const int number : m_rule.left_out)
        missing -= number > low && number < high && number % 2 == low % 2 ? 1 : 0;
      if (missing <= 0 || missing <= kept_between(side[i - 1], side[i])) continue;
      const std::string first = std::to_string(low + 2) + "号";
      m_findings.push_back({NumberFault::number_gap,
                            {side[i - 1].door->id, side[i].door->id},
                            missing == 1 ? first : first + "–" + std::to_string(high - 2) + "号"});
    }
  }

  int kept_between(const Placed& a, const Placed& b) const {
    if (m_rule.reserve_m <= 0 || !a.station || !b.station) return 0;
    return static_cast<int>(std::abs(a.station->along_m - b.station->along_m) / m_rule.reserve_m);
  }

  const NumberingRule& m_rule;
  const StreetLine* m_street;
  std::vector<Placed> m_placed;
  std::vector<NumberFinding> m_findings;
  bool m_is_reversed = false;
};

}  // namespace

std::string_view number_fault_name(NumberFault fault) {
  constexpr std::array<std::string_view, number_fault_count> names = {
      "duplicate_number", "out_of_order",      "wrong_side",    "number_gap",
      "sub_of_sub",       "unreadable_number", "sides_swapped", "direction_reversed"};
  return names[static_cast<std::size_t>(fault)];
}

std::vector<NumberFinding> find_number_faults(const NumberingRule& rule, const StreetLine* street,
                                              std::span<const NumberedDoor> doors) {
  return Search(rule, street, doors).run();
}

}  // namespace menpai::spine
