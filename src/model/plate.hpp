// SPDX-License-Identifier: Apache-2.0
// Door plates (门楼牌) and street-name signs (地名标志) as assets: what travels between rooms.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"

namespace menpai {

using PlateId = Id<struct PlateTag>;
using PlateBatchId = Id<struct PlateBatchTag>;

enum class PlateState : std::uint8_t {
  planned,    ///< 待制作: wanted, by the survey or for a new address
  listed,     ///< 已列入清单: on a production list
  produced,   ///< 已制作: delivered and accepted
  installed,  ///< 已安装
  inspected,  ///< 已验收: seen to hang where it should
  damaged,    ///< 损坏或缺失: found so; to be mended or replaced
  replaced,   ///< 已更换: another plate has its place
  withdrawn,  ///< 已撤销: counts no more
};
inline constexpr int plate_state_count = 8;
/// "planned" …
std::string_view plate_state_name(PlateState state);
std::optional<PlateState> parse_plate_state(std::string_view name);

/// What the survey found (排查): 重、错、漏、缺、损.
enum class PlateFinding : std::uint8_t {
  none,       ///< in order (规范)
  duplicate,  ///< 重: the same number hangs twice
  wrong,      ///< 错: it says something else than the standard address
  omitted,    ///< 漏: the house never got one
  missing,    ///< 缺: it is gone
  damaged,    ///< 损: it cannot be read
};
inline constexpr int plate_finding_count = 6;
/// "none", "duplicate" …
std::string_view plate_finding_name(PlateFinding finding);
/// Takes the names and 规范, 重, 错, 漏, 缺, 损 with their usual longer forms (重号, 错号, 漏编, 缺失, 损坏).
std::optional<PlateFinding> parse_plate_finding(std::string_view name);

struct Plate {
  PlateId id;
  int county_code = 0;
  std::string kind;  ///< of rules/plate_kinds.tsv
  PlateState state = PlateState::planned;
  bool is_temporary = false;
  std::string object_kind;  ///< "address", "place"
  std::string object_id;
  std::string object_text;  ///< display text of the address, name of the place
  std::string object_code;  ///< the code in the QR code; empty: a plate without one
  int copy = 0;             ///< the how-manieth plate of that code
  std::string name, number, pinyin, foot;
  std::string division_code;
  std::string batch_id;  ///< empty while on no list
  int key_id = 0;        ///< of the signing key; 0 before production
  PlateFinding finding = PlateFinding::none;
  std::string note;
  std::string produced_on, installed_on, inspected_on;  ///< ISO days; empty
  std::string installed_by, inspected_by;
  std::string photo;               ///< digest of the sealed file, hexadecimal; empty
  std::optional<double> lon, lat;  ///< where it hangs
  std::string revoked_on;          ///< its QR code counts no more since then
  std::string revoked_reason;
  std::string successor_id;  ///< the plate that replaced it
  std::string valid_from;
  int version = 1;
};

enum class PlateBatchState : std::uint8_t {
  open,       ///< being put together
  ordered,    ///< with the contractor
  accepted,   ///< delivered and accepted, plate by plate
  cancelled,  ///< its plates went back
};
std::string_view plate_batch_state_name(PlateBatchState state);
std::optional<PlateBatchState> parse_plate_batch_state(std::string_view name);

struct PlateBatch {
  PlateBatchId id;
  int county_code = 0;
  std::string number;      ///< for people: "2026-0003"
  std::string contractor;  ///< firm, no person
  PlateBatchState state = PlateBatchState::open;
  std::string division_code;
  int ordered = 0, delivered = 0, accepted = 0, rejected = 0;  ///< delivered = accepted + rejected
  std::string ordered_on, accepted_on;
  std::string note;
  int version = 1;
};

/// One row of coverage: a division and a level, on a day. Each figure has the denominator that is meant.
struct PlateCoverage {
  std::string division_code, division_name;
  std::string level;            ///< number, building, unit, room
  std::uint64_t addresses = 0;  ///< in use that day
  std::uint64_t mapped = 0;     ///< of addresses: have a point
  std::uint64_t coded = 0;      ///< of addresses: have a code
  std::uint64_t collected = 0;  ///< of addresses: surveyed, or have a plate
  std::uint64_t regular = 0;    ///< of collected: nothing found at the last survey
  std::uint64_t plates = 0;     ///< wanted: planned or further, not withdrawn or replaced
  std::uint64_t produced = 0;   ///< of plates
  std::uint64_t installed = 0;  ///< of produced: hang there
};

}  // namespace menpai
