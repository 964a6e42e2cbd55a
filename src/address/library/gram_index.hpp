// SPDX-License-Identifier: Apache-2.0
// An inverted index over the pieces of texts, for what the tree of addresses cannot find: disorder, gaps, landmarks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "address/library/library_file.hpp"

namespace menpai::address {

/// A piece of a text, hashed: a pair of characters, a single one, a number with what it counts.
struct Gram {
  std::uint64_t hash = 0;
  float weight = 1;  ///< how much this kind of piece tells, before its rarity
};

/// Cuts a folded text into its grams, each once. `chars` holds no divisions the caller does not want to search by.
/// Han: pairs and, lighter, single characters; Latin words and numbers whole.
void append_grams(std::u32string_view chars, std::vector<Gram>& out);
/// The gram of a number and what it counts.
Gram number_gram(std::uint64_t number_identity);
/// Sorts and removes repetitions.
void unique_grams(std::vector<Gram>& grams);

/// Collects documents, in their final order, and writes the sections.
class GramIndexBuilder {
 public:
  void add(std::span<const Gram> grams);
  std::uint32_t size() const { return m_size; }
  void write(LibraryFileWriter& file);

 private:
  struct Posting {
    std::uint64_t hash;
    std::uint32_t document;
    float weight;
  };
  std::vector<Posting> m_postings;
  std::uint32_t m_size = 0;
};

/// Reads the index where it lies.
class GramIndex {
 public:
  GramIndex() = default;
  /// Empty if the file has none.
  explicit GramIndex(const LibraryFile& file);
  /// Checks what its readers rely on, once, before the first is asked. Throws damaged if the sections contradict each
  /// other.
  void check(const LibraryFile& file) const;

  std::uint32_t size() const { return static_cast<std::uint32_t>(m_mass.size()); }
  /// The weight of all grams of a document, rarity included.
  float mass(std::uint32_t document) const { return m_mass[document]; }

  struct Hit {
    std::uint32_t document = 0;
    float matched = 0;  ///< weight of the grams it shares with the query, rarity included
  };
  /// Scratch memory of one thread.
  struct Scratch {
    std::vector<float> matched;
    std::vector<std::uint32_t> touched;
    std::vector<std::pair<float, std::span<const std::uint32_t>>> lists;
  };
  /// The `top` documents with the most in common, best first; returns the weight of all grams of the query. Looks at
  /// `work_max` postings at the most, the rarest grams first.
  float find(std::span<const Gram> grams, std::size_t top, Scratch& scratch, std::vector<Hit>& hits) const;
  static constexpr std::size_t work_max = 400'000;

  /// The weight of a gram by its rarity; that of an unseen gram if it is not in the index.
  float rarity(std::uint64_t hash) const;

 private:
  std::span<const std::uint32_t> postings(std::uint64_t hash) const;
  float rarity_of(std::size_t documents) const;

  std::span<const std::uint64_t> m_hashes;   ///< sorted
  std::span<const std::uint32_t> m_buckets;  ///< first hash whose upper 16 bits are at least i; 65,537 entries
  std::span<const std::uint32_t> m_starts;   ///< one a hash, and the end
  std::span<const std::uint32_t> m_documents;
  std::span<const float> m_mass;
};

}  // namespace menpai::address
