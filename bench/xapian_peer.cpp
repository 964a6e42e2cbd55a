// SPDX-License-Identifier: Apache-2.0
// The peer with Xapian: pairs of characters and numbers as terms, weighed by BM25.
#include "bench/peers.hpp"

#ifdef MENPAI_BENCH_XAPIAN
#include <xapian.h>

#include "address/text/normalise.hpp"
#include "base/utf8.hpp"
#include "bench/clock.hpp"
#endif

namespace menpai::bench {

#ifdef MENPAI_BENCH_XAPIAN
namespace {

bool is_digit(char32_t c) {
  return (c >= U'0' && c <= U'9') || (c >= U'A' && c <= U'Z');
}

/// Terms as a good engineer would choose them for addresses: pairs of characters, and numbers with the character
/// behind.
std::vector<std::string> terms_of(const std::string& text) {
  const std::u32string chars = address::fold_text(text);
  std::vector<std::string> terms;
  for (std::size_t i = 0; i < chars.size();) {
    if (!is_digit(chars[i])) {
      if (i + 1 < chars.size() && !is_digit(chars[i + 1])) terms.push_back(utf8::encode(chars.substr(i, 2)));
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < chars.size() && is_digit(chars[end])) ++end;
    terms.push_back(utf8::encode(chars.substr(i, end - i + (end < chars.size() ? 1 : 0))));
    i = end;
  }
  return terms;
}

class XapianPeer : public Peer {
 public:
  explicit XapianPeer(const std::filesystem::path& folder)
      : m_folder(folder / "xapian"), m_writer(m_folder, Xapian::DB_CREATE_OR_OVERWRITE) {}
  ~XapianPeer() override {
    m_writer.close();
    std::filesystem::remove_all(m_folder);
  }
  std::string name() const override { return "Xapian"; }
  void add(const std::string& text, const std::string& code) override {
    Xapian::Document document;
    for (const std::string& term : terms_of(text)) document.add_term(term);
    document.set_data(code);
    m_writer.add_document(document);
    if (++m_added % 200'000 == 0) m_writer.commit();
  }
  void build() override {
    m_writer.commit();
    m_database = Xapian::Database(m_folder);
  }
  std::string find(const std::string& text) override {
    const std::vector<std::string> terms = terms_of(text);
    Xapian::Enquire enquire(m_database);
    enquire.set_query(Xapian::Query(Xapian::Query::OP_OR, terms.begin(), terms.end()));
    const Xapian::MSet found = enquire.get_mset(0, 1);
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
