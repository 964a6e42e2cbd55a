// SPDX-License-Identifier: Apache-2.0
// Packs an answer with its question into half a kilobyte.
#include "address/match/quick_answers.hpp"

#include <array>
#include <cstring>

namespace menpai::address {
namespace {

constexpr std::size_t slot_count = 8192;  // a power of two
constexpr std::size_t slot_bytes = 512;
constexpr std::size_t fields = level_count + 5;  // the parts, address, code, id, division code, residue
constexpr std::size_t reasons_max = level_count;

struct Head {
  std::uint64_t hash;
  double score;
  geo::LonLat point;
  std::int32_t top;
  std::uint16_t text_bytes;
  std::uint8_t region_bytes;
  std::uint8_t is_used;
  std::uint8_t grade;
  std::uint8_t level;
  std::uint8_t has_point;
  std::uint8_t reason_count;
  std::array<std::uint8_t, fields> field_bytes;
  std::array<std::uint8_t, 2 * reasons_max> reasons;
};
constexpr std::size_t body_bytes = slot_bytes - sizeof(Head);

std::uint64_t hash_bytes(std::string_view text, std::uint64_t h) {
  constexpr std::uint64_t factor = 0x9E3779B97F4A7C15;
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t word;
    std::memcpy(&word, text.data() + i, sizeof word);
    h = (h ^ word) * factor;
    h ^= h >> 29;
  }
  std::uint64_t rest = text.size();
  for (; i < text.size(); ++i) rest = rest << 8 | static_cast<unsigned char>(text[i]);
  h = (h ^ rest) * factor;
  return h ^ h >> 32;
}

std::uint64_t hash_question(std::string_view text, const Query& query) {
  return hash_bytes(text, hash_bytes(query.region, static_cast<std::uint64_t>(query.top) + 1));
}

/// The answer's texts in the order of Head::field_bytes.
template <class A, class Use>
void each_field(A& answer, const Use& use) {
  std::size_t i = 0;
  for (auto& part : answer.part) use(i++, part);
  use(i++, answer.address);
  use(i++, answer.code);
  use(i++, answer.id);
  use(i++, answer.division_code);
  use(i++, answer.residue);
}

}  // namespace

struct QuickAnswers::Slot {
  Head head;
  std::array<char, body_bytes> body;  ///< text, region, fields
};

bool QuickAnswers::find(std::string_view text, const Query& query, Answer& answer) const {
  static_assert(sizeof(Slot) == slot_bytes);
  if (!m_slots) return false;
  const std::uint64_t hash = hash_question(text, query);
  const Slot& slot = m_slots[hash & (slot_count - 1)];
  const Head& head = slot.head;
  if (head.is_used == 0 || head.hash != hash || head.top != query.top || head.text_bytes != text.size() ||
      head.region_bytes != query.region.size()) {
    return false;
  }
  const char* at = slot.body.data();
  if (std::memcmp(at, text.data(), text.size()) != 0) return false;
  at += text.size();
  if (std::memcmp(at, query.region.data(), query.region.size()) != 0) return false;
  at += query.region.size();
  answer.grade = static_cast<Grade>(head.grade);
  answer.score = head.score;
  answer.level = static_cast<Level>(head.level);
  if (head.has_point != 0) answer.point = head.point;
  for (std::size_t i = 0; i < head.reason_count; ++i) {
    answer.reasons.push_back({static_cast<Level>(head.reasons[2 * i]), static_cast<Reason>(head.reasons[2 * i + 1])});
  }
  each_field(answer, [&](std::size_t i, std::string& field) {
    if (head.field_bytes[i] > 0) field.assign(at, head.field_bytes[i]);
    at += head.field_bytes[i];
  });
  return true;
}

void QuickAnswers::add(std::string_view text, const Query& query, const Answer& answer) {
  if (!answer.candidates.empty() || answer.reasons.size() > reasons_max || query.region.size() > 32) return;
  std::size_t bytes = text.size() + query.region.size();
  bool fits = bytes <= body_bytes;
  each_field(answer, [&](std::size_t, const std::string& field) {
    fits = fits && field.size() <= 255;
    bytes += field.size();
  });
  if (!fits || bytes > body_bytes) return;
  if (!m_slots) {
    m_slots.reset(static_cast<Slot*>(std::calloc(slot_count, sizeof(Slot))));  // NOLINT: see Free
    if (!m_slots) return;
  }
  const std::uint64_t hash = hash_question(text, query);
  Slot& slot = m_slots[hash & (slot_count - 1)];
  Head& head = slot.head;
  head.hash = hash;
  head.score = answer.score;
  head.has_point = answer.point ? 1 : 0;
  if (answer.point) head.point = *answer.point;
  head.top = query.top;
  head.text_bytes = static_cast<std::uint16_t>(text.size());
  head.region_bytes = static_cast<std::uint8_t>(query.region.size());
  head.is_used = 1;
  head.grade = static_cast<std::uint8_t>(answer.grade);
  head.level = static_cast<std::uint8_t>(answer.level);
  head.reason_count = static_cast<std::uint8_t>(answer.reasons.size());
  for (std::size_t i = 0; i < answer.reasons.size(); ++i) {
    head.reasons[2 * i] = static_cast<std::uint8_t>(answer.reasons[i].level);
    head.reasons[2 * i + 1] = static_cast<std::uint8_t>(answer.reasons[i].reason);
  }
  char* at = slot.body.data();
  const auto put = [&](std::string_view piece) {
    std::memcpy(at, piece.data(), piece.size());
    at += piece.size();
  };
  put(text);
  put(query.region);
  each_field(answer, [&](std::size_t i, const std::string& field) {
    head.field_bytes[i] = static_cast<std::uint8_t>(field.size());
    if (!field.empty()) put(field);
  });
}

}  // namespace menpai::address
