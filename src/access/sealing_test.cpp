// SPDX-License-Identifier: Apache-2.0
// Ciphers, the key file, sealed fields and sealed streams: what opens and what must not.
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "access/key_ring.hpp"
#include "access/sealed_stream.hpp"
#include "base/error.hpp"

namespace menpai::access {
namespace {

namespace fs = std::filesystem;

std::string from_hex(std::string_view text) {
  std::string out;
  const auto value = [](char c) { return c >= 'a' ? c - 'a' + 10 : c - '0'; };
  for (std::size_t i = 0; i < text.size(); i += 2) out += static_cast<char>(value(text[i]) * 16 + value(text[i + 1]));
  return out;
}

class TempDir {
 public:
  TempDir() {
    std::string pattern = (fs::temp_directory_path() / "menpai-access-XXXXXX").string();
    m_dir = mkdtemp(pattern.data());
  }
  ~TempDir() { fs::remove_all(m_dir); }
  const fs::path& path() const { return m_dir; }

 private:
  fs::path m_dir;
};

/// Keeps wrapped keys in memory, as the database does.
class KeyTable final : public WrappedKeys {
 public:
  std::optional<WrappedKey> newest(std::string_view table, std::string_view column) override {
    std::optional<WrappedKey> found;
    for (const WrappedKey& key : keys) {
      if (key.table == table && key.column == column && (!found || key.epoch > found->epoch)) found = key;
    }
    return found;
  }
  std::optional<WrappedKey> get(std::string_view table, std::string_view column, int epoch) override {
    for (const WrappedKey& key : keys) {
      if (key.table == table && key.column == column && key.epoch == epoch) return key;
    }
    return std::nullopt;
  }
  WrappedKey add(const WrappedKey& key) override {
    keys.push_back(key);
    return key;
  }
  std::vector<WrappedKey> keys;
};

ErrorCode code_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.code();
  }
  ADD_FAILURE() << "nothing was thrown";
  return ErrorCode::internal;
}

TEST(Hashes, known_answers_of_the_standards_hold) {
  EXPECT_EQ(hex(digest(Hash::sha256, "abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  // GB/T 32905-2016, A.1.
  EXPECT_EQ(hex(digest(Hash::sm3, "abc")), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
  // RFC 4231, case 2.
  EXPECT_EQ(hex(hmac(Hash::sha256, "Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  // RFC 5869, case 3: no salt, no purpose.
  EXPECT_EQ(hex(derive(Hash::sha256, std::string(22, '\x0b'), "", 42).view()),
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
}

TEST(Texts, base64url_and_hex_round_trip) {
  for (const std::string& text : {std::string(), std::string("a"), std::string("ab"), std::string("\0\xff\x80", 3)}) {
    EXPECT_EQ(from_base64url(base64url(text)), text);
    EXPECT_EQ(from_hex(hex(text)), text);
  }
  EXPECT_EQ(base64url(std::string("\xfb\xff", 2)), "-_8");
  EXPECT_EQ(from_base64url("a b"), "");
}

class Suites : public ::testing::TestWithParam<Suite> {};
INSTANTIATE_TEST_SUITE_P(Both, Suites, ::testing::Values(Suite::aes_256_gcm, Suite::sm4_ctr_hmac_sm3),
                         [](const auto& one) { return one.param == Suite::aes_256_gcm ? "aes" : "sm4"; });

TEST_P(Suites, a_cipher_opens_what_it_sealed_and_no_changed_bit) {
  const CipherKey key(GetParam(), std::string(32, 'k'));
  for (const std::string& plain : {std::string(), std::string("x"), std::string(1000, 'y')}) {
    std::string sealed;
    key.seal(plain, "here", sealed);
    EXPECT_EQ(sealed.size(), plain.size() + key.overhead_bytes());
    std::string opened;
    ASSERT_TRUE(key.open(sealed, "here", opened));
    EXPECT_EQ(opened, plain);
    for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
      std::string changed = sealed;
      changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << bit % 8));
      std::string nothing;
      ASSERT_FALSE(key.open(changed, "here", nothing)) << bit;
      ASSERT_TRUE(nothing.empty());
    }
    for (std::size_t length = 0; length < std::min<std::size_t>(sealed.size(), 100); ++length) {
      std::string nothing;
      ASSERT_FALSE(key.open(sealed.substr(0, length), "here", nothing));
    }
    std::string nothing;
    EXPECT_FALSE(key.open(sealed, "there", nothing));
    EXPECT_FALSE(CipherKey(GetParam(), std::string(32, 'l')).open(sealed, "here", nothing));
  }
}

TEST_P(Suites, a_sealed_field_opens_only_where_it_belongs) {
  const TempDir dir;
  const auto provider = open_key_file(dir.path() / "keys" / "root.key", true);
  KeyTable table;
  KeyRing ring(*provider, table, GetParam());
  const FieldPlace place{"cleaning_row", "payload", "row-1", 3};
  const std::string sealed = ring.seal(place, "张三 13800000000");
  EXPECT_EQ(ring.open(place, sealed), "张三 13800000000");
  EXPECT_EQ(sealed[0], 1);
  EXPECT_EQ(sealed[1], static_cast<char>(GetParam()));
  EXPECT_EQ(sealed.find("13800000000"), std::string::npos);
  const FieldPlace others[] = {{"cleaning_row", "payload", "row-2", 3},
                               {"cleaning_row", "payload", "row-1", 2},
                               {"cleaning_row", "other", "row-1", 3},
                               {"held_row", "payload", "row-1", 3}};
  ring.current("cleaning_row", "other");
  ring.current("held_row", "payload");
  for (const FieldPlace& other : others) {
    EXPECT_EQ(code_of([&] { ring.open(other, sealed); }), ErrorCode::damaged);
  }
  for (std::size_t at = 0; at < sealed.size(); ++at) {
    std::string changed = sealed;
    changed[at] = static_cast<char>(changed[at] ^ 0x40);
    EXPECT_EQ(code_of([&] { ring.open(place, changed); }), ErrorCode::damaged) << at;
  }
  EXPECT_EQ(code_of([&] { ring.open(place, ""); }), ErrorCode::damaged);
}

TEST_P(Suites, the_length_of_a_field_is_hidden_in_steps) {
  const TempDir dir;
  const auto provider = open_key_file(dir.path() / "root.key", true);
  KeyTable table;
  KeyRing ring(*provider, table, GetParam());
  const FieldPlace place{"person", "name", "1", 1};
  EXPECT_EQ(ring.seal(place, "张三").size(), ring.seal(place, "欧阳娜娜").size());
  for (const std::size_t length : {0u, 31u, 32u, 33u, 100u}) {
    const std::string plain(length, '\0');
    EXPECT_EQ(ring.open(place, ring.seal(place, plain)), plain);
  }
}

TEST_P(Suites, keys_survive_a_restart_and_another_root_opens_nothing) {
  const TempDir dir;
  KeyTable table;
  const FieldPlace place{"t", "c", "1", 1};
  std::string sealed;
  {
    const auto provider = open_key_file(dir.path() / "root.key", true);
    sealed = KeyRing(*provider, table, GetParam()).seal(place, "kept");
  }
  const auto again = open_key_file(dir.path() / "root.key", false);
  EXPECT_EQ(KeyRing(*again, table, Suite::aes_256_gcm).open(place, sealed), "kept") << "old values keep their suite";
  const auto other = open_key_file(dir.path() / "other.key", true);
  EXPECT_NE(other->root_id(), again->root_id());
  EXPECT_EQ(code_of([&] { KeyRing(*other, table, GetParam()).open(place, sealed); }), ErrorCode::damaged);
}

TEST_P(Suites, a_stream_of_any_length_round_trips_in_any_pieces) {
  const TempDir dir;
  const auto provider = open_key_file(dir.path() / "root.key", true);
  KeyTable table;
  KeyRing ring(*provider, table, GetParam());
  for (const std::size_t length : {std::size_t{0}, std::size_t{1}, stream_frame_bytes - 1, stream_frame_bytes,
                                   stream_frame_bytes + 1, 3 * stream_frame_bytes}) {
    const std::string plain = random_bytes(length);
    std::string sealed;
    StreamSealer sealer(ring, "sealed_file", "content");
    for (std::size_t at = 0; at < length; at += 10'007)
      sealer.write(std::string_view(plain).substr(at, 10'007), sealed);
    sealer.finish(sealed);
    StreamOpener opener(ring, "sealed_file", "content");
    std::string opened;
    for (std::size_t at = 0; at < sealed.size(); at += 7'001)
      opener.write(std::string_view(sealed).substr(at, 7'001), opened);
    opener.finish();
    EXPECT_EQ(opened, plain) << length;
  }
}

TEST_P(Suites, a_stream_that_was_cut_swapped_or_prolonged_does_not_open) {
  const TempDir dir;
  const auto provider = open_key_file(dir.path() / "root.key", true);
  KeyTable table;
  KeyRing ring(*provider, table, GetParam());
  std::string sealed;
  StreamSealer sealer(ring, "sealed_file", "content");
  sealer.write(random_bytes(2 * stream_frame_bytes + 100), sealed);
  sealer.finish(sealed);
  const auto is_refused = [&](const std::string& text) {
    return code_of([&] {
             StreamOpener opener(ring, "sealed_file", "content");
             std::string out;
             opener.write(text, out);
             opener.finish();
           }) == ErrorCode::damaged;
  };
  const std::size_t head = 26;
  const std::size_t frame = 4 + stream_frame_bytes + ring.current("sealed_file", "content").cipher->overhead_bytes();
  EXPECT_TRUE(is_refused(""));
  EXPECT_TRUE(is_refused(sealed.substr(0, 10)));
  EXPECT_TRUE(is_refused(sealed.substr(0, head))) << "no frame";
  EXPECT_TRUE(is_refused(sealed.substr(0, head + frame))) << "cut after a whole frame";
  EXPECT_TRUE(is_refused(sealed.substr(0, sealed.size() - 1)));
  EXPECT_TRUE(is_refused(sealed + "x"));
  EXPECT_TRUE(is_refused(sealed + sealed.substr(head, frame)));
  EXPECT_TRUE(is_refused(sealed.substr(0, head) + sealed.substr(head + frame, frame) + sealed.substr(head, frame) +
                         sealed.substr(head + 2 * frame)))
      << "frames swapped";
  EXPECT_TRUE(is_refused(sealed.substr(0, head) + sealed.substr(head + frame))) << "first frame missing";
  for (const std::size_t at :
       {std::size_t{0}, std::size_t{5}, std::size_t{9}, std::size_t{20}, head + 1, head + 100, sealed.size() - 1}) {
    std::string changed = sealed;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_TRUE(is_refused(changed)) << at;
  }
}

TEST(KeyFile, is_made_once_for_its_owner_alone) {
  const TempDir dir;
  const fs::path file = dir.path() / "keys" / "root.key";
  EXPECT_EQ(code_of([&] { open_key_file(file, false); }), ErrorCode::not_found);
  const std::string id = open_key_file(file, true)->root_id();
  EXPECT_EQ(open_key_file(file, true)->root_id(), id);
  struct stat facts {};
  ASSERT_EQ(stat(file.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0600u);
  ASSERT_EQ(stat(file.parent_path().c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0700u);
}

TEST(KeyFile, that_others_can_read_is_refused) {
  const TempDir dir;
  const fs::path file = dir.path() / "root.key";
  open_key_file(file, true);
  chmod(file.c_str(), 0640);
  EXPECT_EQ(code_of([&] { open_key_file(file, true); }), ErrorCode::forbidden);
}

TEST(KeyFile, that_is_damaged_or_something_else_is_refused_and_never_replaced) {
  const TempDir dir;
  const fs::path file = dir.path() / "root.key";
  open_key_file(file, true);
  std::string text;
  std::getline(std::ifstream(file), text, '\0');
  const std::string cases[] = {"", "hello", text.substr(0, 40), text + "x",
                               text.substr(0, 25) + (text[25] == 'A' ? "B" : "A") + text.substr(26)};
  for (const std::string& one : cases) {
    std::ofstream(file, std::ios::trunc) << one;
    EXPECT_EQ(code_of([&] { open_key_file(file, true); }), ErrorCode::damaged) << one.size();
  }
  fs::remove(file);
  fs::create_directory(file);
  EXPECT_EQ(code_of([&] { open_key_file(file, true); }), ErrorCode::damaged);
  fs::remove(file);
  fs::create_symlink("/etc/passwd", file);
  EXPECT_EQ(code_of([&] { open_key_file(file, true); }), ErrorCode::damaged);
}

}  // namespace
}  // namespace menpai::access
