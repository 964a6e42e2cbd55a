// SPDX-License-Identifier: Apache-2.0
// How C++ values travel to and from PostgreSQL: its binary forms, one specialisation of Wire a type.
//
//   bool ↔ boolean, std::int16_t ↔ smallint, std::int32_t ↔ int, std::int64_t and std::uint64_t ↔ bigint,
//   float ↔ real, double ↔ double precision, std::string ↔ text, Bytes ↔ bytea, Uuid ↔ uuid, Timestamp ↔ timestamptz,
//   Date ↔ date, Json ↔ jsonb, std::vector<T> ↔ T[], std::optional<T> ↔ T or NULL.
//
// Geometry travels as WKB in a bytea (ST_GeomFromWKB($1, 4490), ST_AsBinary).
#pragma once

#include <bit>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "store/time.hpp"

namespace menpai::store {

struct Bytes {
  std::string value;
};
/// Bytes that somebody else keeps, as a parameter only.
struct BytesView {
  std::string_view value;
};
struct Json {
  std::string text;  ///< well-formed JSON
};

namespace wire {

inline constexpr unsigned oid_bool = 16, oid_bytea = 17, oid_name = 19, oid_int8 = 20, oid_int2 = 21, oid_int4 = 23,
                          oid_text = 25, oid_json = 114, oid_float4 = 700, oid_float8 = 701, oid_unknown = 705,
                          oid_bpchar = 1042, oid_varchar = 1043, oid_date = 1082, oid_timestamptz = 1184,
                          oid_uuid = 2950, oid_jsonb = 3802;

template <std::unsigned_integral U>
void put_big_endian(std::string& out, U value) {
  for (int shift = static_cast<int>(sizeof(U)) * 8 - 8; shift >= 0; shift -= 8) {
    out += static_cast<char>(static_cast<unsigned char>(value >> shift));
  }
}

template <std::unsigned_integral U>
U get_big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < sizeof(U); ++i) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return static_cast<U>(value);
}

/// Throws internal: the statement gives another type than the code reads. A bug, named by both.
[[noreturn]] void throw_type_mismatch(unsigned oid, std::string_view wanted);
/// Throws bad_request: PostgreSQL's text cannot hold the character NUL.
[[noreturn]] void throw_nul_character();

void put_text(std::string& out, std::string_view text);
/// Any integer column, widened.
std::int64_t get_integer(unsigned oid, std::string_view bytes);
double get_floating(unsigned oid, std::string_view bytes);
std::string_view get_text(unsigned oid, std::string_view bytes);

/// The element type of an array type, 0 if `array_oid` is not one that we read.
unsigned element_oid(unsigned array_oid);

}  // namespace wire

template <class T>
struct Wire;

template <>
struct Wire<bool> {
  static constexpr unsigned oid = wire::oid_bool, array_oid = 1000;
  static void put(std::string& out, bool value) { out += value ? '\1' : '\0'; }
  static bool get(unsigned from, std::string_view bytes) {
    if (from != oid) wire::throw_type_mismatch(from, "bool");
    return bytes[0] != '\0';
  }
};

template <class T, class U, unsigned type_oid, unsigned type_array_oid>
struct IntegerWire {
  static constexpr unsigned oid = type_oid, array_oid = type_array_oid;
  static void put(std::string& out, T value) { wire::put_big_endian(out, static_cast<U>(value)); }
  static T get(unsigned from, std::string_view bytes) {
    if (bytes.size() > sizeof(T)) wire::throw_type_mismatch(from, "a narrower integer");
    return static_cast<T>(wire::get_integer(from, bytes));
  }
};
template <>
struct Wire<std::int16_t> : IntegerWire<std::int16_t, std::uint16_t, wire::oid_int2, 1005> {};
template <>
struct Wire<std::int32_t> : IntegerWire<std::int32_t, std::uint32_t, wire::oid_int4, 1007> {};
template <>
struct Wire<std::int64_t> : IntegerWire<std::int64_t, std::uint64_t, wire::oid_int8, 1016> {};
template <>
struct Wire<std::uint64_t> : IntegerWire<std::uint64_t, std::uint64_t, wire::oid_int8, 1016> {};

template <>
struct Wire<float> {
  static constexpr unsigned oid = wire::oid_float4, array_oid = 1021;
  static void put(std::string& out, float value) { wire::put_big_endian(out, std::bit_cast<std::uint32_t>(value)); }
  static float get(unsigned from, std::string_view bytes) {
    if (from != oid) wire::throw_type_mismatch(from, "real");
    return static_cast<float>(wire::get_floating(from, bytes));
  }
};
template <>
struct Wire<double> {
  static constexpr unsigned oid = wire::oid_float8, array_oid = 1022;
  static void put(std::string& out, double value) { wire::put_big_endian(out, std::bit_cast<std::uint64_t>(value)); }
  static double get(unsigned from, std::string_view bytes) { return wire::get_floating(from, bytes); }
};

template <>
struct Wire<std::string_view> {
  static constexpr unsigned oid = wire::oid_text, array_oid = 1009;
  static void put(std::string& out, std::string_view value) { wire::put_text(out, value); }
  /// Lives as long as the Result.
  static std::string_view get(unsigned from, std::string_view bytes) { return wire::get_text(from, bytes); }
};
template <>
struct Wire<std::string> : Wire<std::string_view> {
  static std::string get(unsigned from, std::string_view bytes) { return std::string(wire::get_text(from, bytes)); }
};
template <>
struct Wire<const char*> : Wire<std::string_view> {};

template <>
struct Wire<BytesView> {
  static constexpr unsigned oid = wire::oid_bytea, array_oid = 1001;
  static void put(std::string& out, const BytesView& value) { out += value.value; }
  static BytesView get(unsigned from, std::string_view bytes) {
    if (from != oid) wire::throw_type_mismatch(from, "bytea");
    return {bytes};
  }
};
template <>
struct Wire<Bytes> {
  static constexpr unsigned oid = wire::oid_bytea, array_oid = 1001;
  static void put(std::string& out, const Bytes& value) { out += value.value; }
  static Bytes get(unsigned from, std::string_view bytes) {
    return {std::string(Wire<BytesView>::get(from, bytes).value)};
  }
};

template <>
struct Wire<Uuid> {
  static constexpr unsigned oid = wire::oid_uuid, array_oid = 2951;
  static void put(std::string& out, const Uuid& value) {
    out.append(reinterpret_cast<const char*>(value.bytes.data()), value.bytes.size());
  }
  static Uuid get(unsigned from, std::string_view bytes) {
    if (from != oid) wire::throw_type_mismatch(from, "uuid");
    Uuid id;
    std::memcpy(id.bytes.data(), bytes.data(), id.bytes.size());
    return id;
  }
};
template <class Tag>
struct Wire<Id<Tag>> : Wire<Uuid> {
  static void put(std::string& out, const Id<Tag>& value) { Wire<Uuid>::put(out, value.value); }
  static Id<Tag> get(unsigned from, std::string_view bytes) { return {Wire<Uuid>::get(from, bytes)}; }
};

template <>
struct Wire<Timestamp> {
  static constexpr unsigned oid = wire::oid_timestamptz, array_oid = 1185;
  static void put(std::string& out, Timestamp value);
  static Timestamp get(unsigned from, std::string_view bytes);
};

template <>
struct Wire<Date> {
  static constexpr unsigned oid = wire::oid_date, array_oid = 1182;
  static void put(std::string& out, Date value) { wire::put_big_endian(out, static_cast<std::uint32_t>(value.days)); }
  static Date get(unsigned from, std::string_view bytes) {
    if (from != oid) wire::throw_type_mismatch(from, "date");
    return {static_cast<std::int32_t>(wire::get_big_endian<std::uint32_t>(bytes))};
  }
};

template <>
struct Wire<Json> {
  static constexpr unsigned oid = wire::oid_jsonb, array_oid = 3807;
  static void put(std::string& out, const Json& value) {
    out += '\1';
    wire::put_text(out, value.text);
  }
  static Json get(unsigned from, std::string_view bytes) { return {std::string(wire::get_text(from, bytes))}; }
};

namespace wire {

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {
  using Value = T;
};

/// Writes "length, bytes" of one array element or COPY field; NULL has length -1.
template <class T>
void put_field(std::string& out, const T& value) {
  if constexpr (IsOptional<T>::value) {
    if (!value) {
      put_big_endian(out, ~std::uint32_t{0});
      return;
    }
    put_field(out, *value);
  } else {
    const std::size_t at = out.size();
    put_big_endian(out, std::uint32_t{0});
    Wire<T>::put(out, value);
    std::string length;
    put_big_endian(length, static_cast<std::uint32_t>(out.size() - at - 4));
    std::memcpy(out.data() + at, length.data(), 4);
  }
}

/// Cuts the next "length, bytes" off `bytes`; nothing for NULL.
std::optional<std::string_view> take_field(std::string_view& bytes);
/// Reads an array's head: how many elements follow. Throws internal for more than one dimension.
std::size_t take_array_head(std::string_view& bytes);

}  // namespace wire

template <class T>
struct Wire<std::vector<T>> {
  static constexpr unsigned element = [] {
    if constexpr (wire::IsOptional<T>::value) {
      return Wire<typename wire::IsOptional<T>::Value>::oid;
    } else {
      return Wire<T>::oid;
    }
  }();
  static constexpr unsigned oid = [] {
    if constexpr (wire::IsOptional<T>::value) {
      return Wire<typename wire::IsOptional<T>::Value>::array_oid;
    } else {
      return Wire<T>::array_oid;
    }
  }();

  static void put(std::string& out, const std::vector<T>& values) {
    wire::put_big_endian(out, std::uint32_t{values.empty() ? 0u : 1u});
    wire::put_big_endian(out, std::uint32_t{wire::IsOptional<T>::value ? 1u : 0u});
    wire::put_big_endian(out, std::uint32_t{element});
    if (values.empty()) return;
    wire::put_big_endian(out, static_cast<std::uint32_t>(values.size()));
    wire::put_big_endian(out, std::uint32_t{1});
    for (const T& value : values) wire::put_field(out, value);
  }
  static std::vector<T> get(unsigned from, std::string_view bytes) {
    const unsigned element_from = wire::element_oid(from);
    if (element_from == 0) wire::throw_type_mismatch(from, "an array");
    const std::size_t count = wire::take_array_head(bytes);
    std::vector<T> values;
    values.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      const std::optional<std::string_view> field = wire::take_field(bytes);
      if constexpr (wire::IsOptional<T>::value) {
        if (field) {
          values.push_back(Wire<typename wire::IsOptional<T>::Value>::get(element_from, *field));
        } else {
          values.push_back(std::nullopt);
        }
      } else {
        if (!field) wire::throw_type_mismatch(from, "an array without NULL");
        values.push_back(Wire<T>::get(element_from, *field));
      }
    }
    return values;
  }
};

}  // namespace menpai::store
