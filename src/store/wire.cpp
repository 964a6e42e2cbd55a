// SPDX-License-Identifier: Apache-2.0
#include "store/wire.hpp"

#include "base/error.hpp"

namespace menpai::store {
void Wire<Timestamp>::put(std::string& out, Timestamp value) {
  wire::put_big_endian(out, static_cast<std::uint64_t>((value - postgres_epoch).count()));
}

Timestamp Wire<Timestamp>::get(unsigned from, std::string_view bytes) {
  if (from != oid) wire::throw_type_mismatch(from, "timestamptz");
  const auto count = static_cast<std::int64_t>(wire::get_big_endian<std::uint64_t>(bytes));
  return Timestamp(postgres_epoch) + std::chrono::microseconds(count);
}

namespace wire {

void throw_type_mismatch(unsigned oid, std::string_view wanted) {
  throw Error(ErrorCode::internal, "The program and its database statements do not fit together.",
              "a column of type " + std::to_string(oid) + " is read as " + std::string(wanted));
}

void throw_nul_character() {
  throw Error(ErrorCode::bad_request, "The text holds the character NUL, which cannot be stored. Remove it.");
}

void put_text(std::string& out, std::string_view text) {
  if (text.find('\0') != std::string_view::npos) throw_nul_character();
  out += text;
}

std::int64_t get_integer(unsigned oid, std::string_view bytes) {
  switch (oid) {
    case oid_int2:
      return static_cast<std::int16_t>(get_big_endian<std::uint16_t>(bytes));
    case oid_int4:
      return static_cast<std::int32_t>(get_big_endian<std::uint32_t>(bytes));
    case oid_int8:
      return static_cast<std::int64_t>(get_big_endian<std::uint64_t>(bytes));
    default:
      throw_type_mismatch(oid, "an integer");
  }
}

double get_floating(unsigned oid, std::string_view bytes) {
  switch (oid) {
    case oid_float4:
      return static_cast<double>(std::bit_cast<float>(get_big_endian<std::uint32_t>(bytes)));
    case oid_float8:
      return std::bit_cast<double>(get_big_endian<std::uint64_t>(bytes));
    default:
      throw_type_mismatch(oid, "double precision");
  }
}

std::string_view get_text(unsigned oid, std::string_view bytes) {
  switch (oid) {
    case oid_text:
    case oid_varchar:
    case oid_bpchar:
    case oid_name:
    case oid_json:
    case oid_unknown:
      return bytes;
    case oid_jsonb:
      return bytes.substr(1);  // a version byte stands before the text
    default:
      throw_type_mismatch(oid, "text");
  }
}

unsigned element_oid(unsigned array_oid) {
  switch (array_oid) {
    case 1000:
      return oid_bool;
    case 1001:
      return oid_bytea;
    case 1003:
      return oid_name;
    case 1005:
      return oid_int2;
    case 1007:
      return oid_int4;
    case 1009:
      return oid_text;
    case 1015:
      return oid_varchar;
    case 1016:
      return oid_int8;
    case 1021:
      return oid_float4;
    case 1022:
      return oid_float8;
    case 1185:
      return oid_timestamptz;
    case 2951:
      return oid_uuid;
    case 3807:
      return oid_jsonb;
    default:
      return 0;
  }
}

std::optional<std::string_view> take_field(std::string_view& bytes) {
  const auto length = static_cast<std::int32_t>(get_big_endian<std::uint32_t>(bytes));
  bytes.remove_prefix(4);
  if (length < 0) return std::nullopt;
  const std::string_view field = bytes.substr(0, static_cast<std::size_t>(length));
  bytes.remove_prefix(field.size());
  return field;
}

std::size_t take_array_head(std::string_view& bytes) {
  const std::uint32_t dimensions = get_big_endian<std::uint32_t>(bytes);
  bytes.remove_prefix(12);
  if (dimensions == 0) return 0;
  if (dimensions != 1) throw_type_mismatch(0, "an array of one dimension");
  const std::uint32_t count = get_big_endian<std::uint32_t>(bytes);
  bytes.remove_prefix(8);
  return count;
}

}  // namespace wire
}  // namespace menpai::store
