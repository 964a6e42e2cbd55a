// SPDX-License-Identifier: Apache-2.0
#include "access/key_ring.hpp"

#include "base/error.hpp"

namespace menpai::access {
namespace {

constexpr char envelope_version = 1;
constexpr std::size_t head_bytes = 6;
constexpr std::size_t pad_step = 32;

std::string associated_of(const FieldPlace& place) {
  std::string out;
  out += place.table;
  out += '|';
  out += place.column;
  out += '|';
  out += place.row_id;
  out += '|';
  out += std::to_string(place.version);
  return out;
}

std::string wrap_context(const WrappedKey& key) {
  return "data_key|" + key.table + "|" + key.column + "|" + std::to_string(key.epoch) + "|" +
         std::to_string(static_cast<int>(key.suite));
}

/// 0x80 and zeros up to the next step (ISO/IEC 9797-1, method 2): at least one byte, so that it can always be taken
/// off.
std::string padded(std::string_view plain) {
  std::string out(plain);
  out += '\x80';
  out.resize((out.size() + pad_step - 1) / pad_step * pad_step, '\0');
  return out;
}

[[noreturn]] void throw_damaged(const FieldPlace& place, const char* how) {
  throw Error(
      ErrorCode::damaged, "A sealed value does not open: it was changed, or it was moved here from elsewhere.",
      std::string(place.table) + "." + std::string(place.column) + " of " + std::string(place.row_id) + ": " + how);
}

}  // namespace

KeyRing::KeyRing(const KeyProvider& provider, WrappedKeys& storage, Suite suite)
    : m_provider(provider), m_storage(storage), m_suite(suite) {}

KeyRing::Key KeyRing::unwrap(const WrappedKey& wrapped) {
  const Secret key = m_provider.unwrap(wrapped.wrapped, wrap_context(wrapped));
  return {wrapped.epoch, std::make_shared<const CipherKey>(wrapped.suite, key.view())};
}

KeyRing::Key KeyRing::current(std::string_view table, std::string_view column) {
  const std::lock_guard lock(m_mutex);
  const auto place = std::make_tuple(std::string(table), std::string(column));
  if (const auto found = m_current.find(place); found != m_current.end()) return found->second;
  std::optional<WrappedKey> wrapped = m_storage.newest(table, column);
  if (!wrapped) {
    WrappedKey fresh{std::string(table), std::string(column), 1, m_suite, m_provider.root_id(), {}};
    const Secret key(random_bytes(32));
    fresh.wrapped = m_provider.wrap(key.view(), wrap_context(fresh));
    wrapped = m_storage.add(fresh);
  }
  return m_current.emplace(place, unwrap(*wrapped)).first->second;
}

KeyRing::Key KeyRing::of_epoch(std::string_view table, std::string_view column, int epoch) {
  const std::lock_guard lock(m_mutex);
  const auto place = std::make_tuple(std::string(table), std::string(column), epoch);
  if (const auto found = m_keys.find(place); found != m_keys.end()) return found->second;
  const std::optional<WrappedKey> wrapped = m_storage.get(table, column, epoch);
  if (!wrapped) {
    throw Error(ErrorCode::damaged, "The key of a sealed value is not in the database.",
                std::string(table) + "." + std::string(column) + " epoch " + std::to_string(epoch));
  }
  return m_keys.emplace(place, unwrap(*wrapped)).first->second;
}

std::string KeyRing::seal(const FieldPlace& place, std::string_view plain) {
  const Key key = current(place.table, place.column);
  std::string out;
  out.reserve(head_bytes + plain.size() + pad_step + key.cipher->overhead_bytes());
  out += envelope_version;
  out += static_cast<char>(key.cipher->suite());
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(key.epoch >> shift & 255);
  const Secret text(padded(plain));
  // The head is covered as well, so that nobody turns one suite or epoch into another.
  key.cipher->seal(text.view(), out + associated_of(place), out);
  return out;
}

std::string KeyRing::open(const FieldPlace& place, std::string_view sealed) {
  if (sealed.size() < head_bytes || sealed[0] != envelope_version) throw_damaged(place, "no envelope");
  std::uint32_t epoch = 0;
  for (std::size_t i = 2; i < head_bytes; ++i) epoch = epoch << 8 | static_cast<unsigned char>(sealed[i]);
  if (epoch == 0 || epoch > 1'000'000) throw_damaged(place, "no such epoch");
  const Key key = of_epoch(place.table, place.column, static_cast<int>(epoch));
  if (static_cast<char>(key.cipher->suite()) != sealed[1]) throw_damaged(place, "another suite");
  const std::string associated = std::string(sealed.substr(0, head_bytes)) + associated_of(place);
  std::string plain;
  if (!key.cipher->open(sealed.substr(head_bytes), associated, plain)) throw_damaged(place, "not authentic");
  const std::size_t end = plain.find_last_not_of('\0');
  if (end == std::string::npos || plain[end] != '\x80') throw_damaged(place, "no padding");
  plain.resize(end);
  return plain;
}

}  // namespace menpai::access
