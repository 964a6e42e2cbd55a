// SPDX-License-Identifier: Apache-2.0
// Opaque permanent ids (UUIDv7, RFC 9562), made by the application so that offline devices can create objects too.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace menpai {

struct Uuid {
  std::array<std::uint8_t, 16> bytes{};

  /// A new version-7 id: 48 bits of Unix milliseconds, then random bits; later ids of one process sort later.
  static Uuid make();
  /// The id named by `text` in a namespace of its own, always the same: for ids that must not change from run to run
  /// (the demo town). Version 8, the first 122 bits of SHA-256.
  static Uuid named(std::string_view text);
  /// 8-4-4-4-12 hexadecimal digits, either case; nothing else is taken.
  static std::optional<Uuid> parse(std::string_view text);
  std::string text() const;
  bool is_nil() const { return *this == Uuid{}; }

  auto operator<=>(const Uuid&) const = default;
};

/// An id that does not mix with ids of other things: `using AddressId = Id<struct AddressTag>;`
template <class Tag>
struct Id {
  Uuid value;
  static Id make() { return {Uuid::make()}; }
  std::string text() const { return value.text(); }
  auto operator<=>(const Id&) const = default;
};

}  // namespace menpai
