// SPDX-License-Identifier: Apache-2.0
// The peer with Xapian: pairs of characters, and numbers with what they count, as terms of an OR, weighed by BM25.
#include "bench/peers.hpp"

#ifdef MENPAI_BENCH_XAPIAN
#include <xapian.h>

#include "address/library/library.hpp"
#include "address/read/reader.hpp"
#include "base/utf8.hpp"
#include "bench/clock.hpp"
#endif

namespace menpai::bench {

#ifdef MENPAI_BENCH_XAPIAN
namespace {

constexpr Xapian::doccount found_max = 5;  // as many as the engine offers a person

/// Terms as a good engineer would choose them for addresses: the pairs of characters of the words, and each number with
/// what it counts. Both come from the engine's own reading, so that 幢 and 栋, ３ and 三 are the same to the peer too.
class Terms {
 public:
  explicit Terms(const std::filesystem::path& divisions)
      : m_library(address::Library::open(divisions)), m_reader(m_library->data().divisions) {}

  const std::vector<std::string>& of(const std::string& text) {
    m_terms.clear();
    m_words.clear();
    m_reader.read(text, address::no_division, m_reading);
    for (const address::TypedElement& e : m_reading.elements) {
      if (e.kind == address::NumberKind::none) {
        m_words += e.text(m_reading.normal);
        continue;
      }
      add_pairs();
      std::string term = "#" + std::to_string(static_cast<int>(e.kind)) + ":" + std::to_string(e.number.value) + "-" +
                         std::to_string(e.number.sub);
      for (const char32_t c : {e.number.prefix, e.number.suffix})
        if (c != 0) utf8::append(term, c);
      m_terms.push_back(std::move(term));
    }
    add_pairs();
    return m_terms;
  }

 private:
  void add_pairs() {
    for (std::size_t i = 0; i + 1 < m_words.size(); ++i) m_terms.push_back(utf8::encode(m_words.substr(i, 2)));
    m_words.clear();
  }

  std::shared_ptr<const address::Library> m_library;
  address::Reader m_reader;
  address::Reading m_reading;
  std::u32string m_words;
  std::vector<std::string> m_terms;
};

class XapianPeer : public Peer {
 public:
  explicit XapianPeer(const std::filesystem::path& folder)
      : m_folder(folder / "xapian"),
        m_terms(folder / "divisions.mpl"),
        m_writer(m_folder, Xapian::DB_CREATE_OR_OVERWRITE) {}
  ~XapianPeer() override {
    m_writer.close();
    std::filesystem::remove_all(m_folder);
  }
  std::string name() const override { return "Xapian"; }
  void add(const std::string& text, const std::string& code) override {
    Xapian::Document document;
    for (const std::string& term : m_terms.of(text)) document.add_term(term);
    document.set_data(code);
    m_writer.add_document(document);
    if (++m_added % 200'000 == 0) m_writer.commit();
  }
  void build() override {
    m_writer.commit();
    m_database = Xapian::Database(m_folder);
  }
  std::string find(const std::string& text) override {
    const std::vector<std::string>& terms = m_terms.of(text);
    Xapian::Enquire enquire(m_database);
    enquire.set_query(Xapian::Query(Xapian::Query::OP_OR, terms.begin(), terms.end()));
    // Xapian passes over what can no longer come among the first: the names above the town, which every document has,
    // cost it nothing then. With all matches counted it is some fifty times slower.
    const Xapian::MSet found = enquire.get_mset(0, found_max);
    return found.empty() ? std::string() : found.begin().get_document().get_data();
  }
  double cpu_s() override {
    const double now = thread_cpu_s();
    const double since = now - m_before;
    m_before = now;
    return since;
  }

 private:
  std::string m_folder;
  Terms m_terms;
  Xapian::WritableDatabase m_writer;
  Xapian::Database m_database;
  std::uint64_t m_added = 0;
  double m_before = 0;
};

}  // namespace

std::unique_ptr<Peer> make_xapian_peer(const std::filesystem::path& folder) {
  return std::make_unique<XapianPeer>(folder);
}
#else
std::unique_ptr<Peer> make_xapian_peer(const std::filesystem::path&) {
  return nullptr;
}
#endif

}  // namespace menpai::bench
