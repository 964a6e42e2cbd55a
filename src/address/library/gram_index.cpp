// SPDX-License-Identifier: Apache-2.0
#include "address/library/gram_index.hpp"

#include <algorithm>
#include <cmath>

namespace menpai::address {
namespace {

constexpr std::size_t bucket_bits = 16;
constexpr float pair_weight = 1.0F;
constexpr float single_weight = 0.35F;
constexpr float word_weight = 1.2F;
constexpr std::size_t common_from = 500;  // documents

std::uint64_t mix(std::uint64_t x) {
  x ^= x >> 32;
  x *= 0xD6E8FEB86659FD93;
  x ^= x >> 32;
  x *= 0xD6E8FEB86659FD93;
  return x ^ (x >> 32);
}

enum class GramKind : std::uint64_t { single = 1, pair, word, number };

std::uint64_t gram_hash(GramKind kind, std::uint64_t value) {
  return mix(value ^ static_cast<std::uint64_t>(kind) << 60);
}

bool is_word(char32_t c) {
  return (c >= U'0' && c <= U'9') || (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z');
}
bool is_han(char32_t c) {
  return c >= 0x2E80 && !(c >= 0x3000 && c <= 0x303F) && !(c >= 0xFF00 && c <= 0xFFEF) && c != 0xFFFD;
}

float idf(std::size_t all, std::size_t having) {
  return std::log(1.0F +
                  (static_cast<float>(all) - static_cast<float>(having) + 0.5F) / (static_cast<float>(having) + 0.5F));
}

}  // namespace

void append_grams(std::u32string_view chars, std::vector<Gram>& out) {
  for (std::size_t i = 0; i < chars.size();) {
    if (is_han(chars[i])) {
      out.push_back({gram_hash(GramKind::single, chars[i]), single_weight});
      if (i + 1 < chars.size() && is_han(chars[i + 1])) {
        out.push_back(
            {gram_hash(GramKind::pair, static_cast<std::uint64_t>(chars[i]) << 24 | chars[i + 1]), pair_weight});
      }
      ++i;
    } else if (is_word(chars[i])) {
      std::uint64_t hash = 0;
      for (; i < chars.size() && is_word(chars[i]); ++i) hash = mix(hash + chars[i]);
      out.push_back({gram_hash(GramKind::word, hash), word_weight});
    } else {
      ++i;
    }
  }
}

Gram number_gram(std::uint64_t number_identity) {
  return {gram_hash(GramKind::number, number_identity), word_weight};
}

void unique_grams(std::vector<Gram>& grams) {
  std::sort(grams.begin(), grams.end(), [](const Gram& a, const Gram& b) { return a.hash < b.hash; });
  const auto same = [](const Gram& a, const Gram& b) { return a.hash == b.hash; };
  grams.erase(std::unique(grams.begin(), grams.end(), same), grams.end());
}

void GramIndexBuilder::add(std::span<const Gram> grams) {
  for (const Gram& gram : grams) m_postings.push_back({gram.hash, m_size, gram.weight});
  ++m_size;
}

void GramIndexBuilder::write(LibraryFileWriter& file) {
  std::sort(m_postings.begin(), m_postings.end(), [](const Posting& a, const Posting& b) {
    return a.hash != b.hash ? a.hash < b.hash : a.document < b.document;
  });
  std::vector<std::uint64_t> hashes;
  std::vector<std::uint32_t> starts, documents;
  std::vector<float> mass(m_size);
  documents.reserve(m_postings.size());
  for (std::size_t i = 0; i < m_postings.size();) {
    std::size_t end = i;
    while (end < m_postings.size() && m_postings[end].hash == m_postings[i].hash) ++end;
    hashes.push_back(m_postings[i].hash);
    starts.push_back(static_cast<std::uint32_t>(documents.size()));
    const float rarity = idf(m_size, end - i);
    for (; i < end; ++i) {
      documents.push_back(m_postings[i].document);
      mass[m_postings[i].document] += rarity * m_postings[i].weight;
    }
  }
  starts.push_back(static_cast<std::uint32_t>(documents.size()));
  std::vector<std::uint32_t> buckets((std::size_t{1} << bucket_bits) + 1);
  for (std::size_t b = 0; b < buckets.size(); ++b) {
    const auto at = b << (64 - bucket_bits);
    const auto first = b + 1 == buckets.size() ? hashes.end() : std::lower_bound(hashes.begin(), hashes.end(), at);
    buckets[b] = static_cast<std::uint32_t>(first - hashes.begin());
  }
  file.add_array("gram.hashes", std::span<const std::uint64_t>(hashes));
  file.add_array("gram.buckets", std::span<const std::uint32_t>(buckets));
  file.add_array("gram.starts", std::span<const std::uint32_t>(starts));
  file.add_array("gram.documents", std::span<const std::uint32_t>(documents), SectionTrust::checked_in_use);
  file.add_array("gram.mass", std::span<const float>(mass));
}

GramIndex::GramIndex(const LibraryFile& file)
    : m_hashes(file.array<std::uint64_t>("gram.hashes")),
      m_buckets(file.array<std::uint32_t>("gram.buckets")),
      m_starts(file.array<std::uint32_t>("gram.starts")),
      m_documents(file.array<std::uint32_t>("gram.documents")),
      m_mass(file.array<float>("gram.mass")) {}

void GramIndex::check(const LibraryFile& file) const {
  if (m_mass.empty()) return;
  const bool holds = m_buckets.size() == (std::size_t{1} << bucket_bits) + 1 &&
                     m_starts.size() == m_hashes.size() + 1 && m_buckets.back() <= m_hashes.size() &&
                     m_starts.back() == m_documents.size() && std::is_sorted(m_buckets.begin(), m_buckets.end()) &&
                     std::is_sorted(m_starts.begin(), m_starts.end());
  if (!holds) file.throw_damaged("its index of texts contradicts itself");
}

std::span<const std::uint32_t> GramIndex::postings(std::uint64_t hash) const {
  const std::size_t bucket = hash >> (64 - bucket_bits);
  const auto first = m_hashes.begin() + m_buckets[bucket];
  const auto last = m_hashes.begin() + m_buckets[bucket + 1];
  const auto at = std::lower_bound(first, last, hash);
  if (at == last || *at != hash) return {};
  const auto i = static_cast<std::size_t>(at - m_hashes.begin());
  return m_documents.subspan(m_starts[i], m_starts[i + 1] - m_starts[i]);
}

float GramIndex::rarity_of(std::size_t documents) const {
  return idf(m_mass.size(), documents);
}
float GramIndex::rarity(std::uint64_t hash) const {
  return m_mass.empty() ? 0 : rarity_of(postings(hash).size());
}

float GramIndex::find(std::span<const Gram> grams, std::size_t top, Scratch& scratch, std::vector<Hit>& hits) const {
  hits.clear();
  if (m_mass.empty()) return 0;
  scratch.matched.resize(m_mass.size());
  scratch.lists.clear();
  float query_mass = 0;
  for (const Gram& gram : grams) {
    const std::span<const std::uint32_t> list = postings(gram.hash);
    const float weight = gram.weight * rarity_of(list.size());
    query_mass += weight;
    // What most documents have in common (the town's own name) tells nothing and costs the most.
    const bool common = list.size() * 2 > m_mass.size() && m_mass.size() > common_from;
    if (!list.empty() && !common) scratch.lists.emplace_back(weight, list);
  }
  std::sort(scratch.lists.begin(), scratch.lists.end(),
            [](const auto& a, const auto& b) { return a.second.size() < b.second.size(); });
  std::size_t work = 0;
  for (const auto& [weight, list] : scratch.lists) {
    if (work > 0 && work + list.size() > work_max) break;
    work += list.size();
    for (const std::uint32_t document : list) {
      if (document >= m_mass.size()) continue;
      float& matched = scratch.matched[document];
      if (matched == 0) scratch.touched.push_back(document);
      matched += weight;
    }
  }
  for (const std::uint32_t document : scratch.touched) {
    hits.push_back({document, scratch.matched[document]});
    scratch.matched[document] = 0;
  }
  scratch.touched.clear();
  const auto better = [&](const Hit& a, const Hit& b) {
    // What a document has beyond the query counts against it, softly: the base is its own weight.
    const float score_a = a.matched / (query_mass + m_mass[a.document]);
    const float score_b = b.matched / (query_mass + m_mass[b.document]);
    return score_a != score_b ? score_a > score_b : a.document < b.document;
  };
  const std::size_t kept = std::min(top, hits.size());
  std::partial_sort(hits.begin(), hits.begin() + static_cast<std::ptrdiff_t>(kept), hits.end(), better);
  hits.resize(kept);
  return query_mass;
}

}  // namespace menpai::address
