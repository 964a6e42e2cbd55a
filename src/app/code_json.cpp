// SPDX-License-Identifier: Apache-2.0
// Codes and room plans as JSON.
#include "app/code_json.hpp"

#include "base/json_text.hpp"

namespace menpai::app {
namespace {

/// A JSON array of what `text_of` makes of each.
template <class List, class TextOf>
std::string json_list(const List& list, const TextOf& text_of) {
  std::string out = "[";
  for (const auto& one : list) {
    if (out.size() > 1) out += ',';
    out += text_of(one);
  }
  return out + ']';
}

std::string object_json(const CodedObject& object) {
  return JsonObject()
      .add("kind", object.kind)
      .add("id", object.id)
      .add("text", object.text)
      .add("code", object.code)
      .add("status", object.status)
      .add("division_code", object.division_code)
      .add("version", object.version)
      .text();
}

std::string succession_json(const CodeSuccession& step) {
  return JsonObject()
      .add("old_code", step.old_code)
      .add("new_code", step.new_code)
      .add("kind", step.kind)
      .add("at", step.at)
      .add("change_id", step.change_id)
      .text();
}

}  // namespace

std::string code_scheme_json(const spine::CodeScheme& scheme) {
  const std::string segments = json_list(scheme.segments, [](const spine::CodeSegment& segment) {
    return JsonObject()
        .add("name", segment.name)
        .add("title", segment.title)
        .add("width", segment.width)
        .add("from", spine::segment_from_name(segment.from))
        .text();
  });
  return JsonObject()
      .add("name", scheme.name)
      .add("title", scheme.title)
      .add("title_en", scheme.title_en)
      .add("object_kind", scheme.object_kind)
      .add("parent", scheme.parent)
      .add("length", scheme.length())
      .add("check", scheme.check == spine::CheckRule::none ? "none" : "mod11_10")
      .add("order", spine::code_order_name(scheme.order))
      .add("source", scheme.source)
      .add("standing", scheme.standing)
      .add("is_shipped", scheme.is_shipped)
      .add("examples", scheme.examples)
      .add_json("segments", segments)
      .text();
}

std::string code_check_json(const CodeCheck& check) {
  const std::string parts = json_list(check.reading.parts, [](const spine::CodePart& part) {
    return JsonObject()
        .add("name", part.name)
        .add("title", part.title)
        .add("digits", part.digits)
        .add("meaning", part.meaning)
        .text();
  });
  const std::string notes = json_list(check.reading.notes, [](const spine::CodeNote& note) {
    return JsonObject()
        .add("fault", spine::code_fault_name(note.fault))
        .add("is_wrong", spine::is_wrong(note.fault))
        .add("at", note.at)
        .add("detail", note.detail)
        .text();
  });
  return JsonObject()
      .add("scheme", check.scheme.name)
      .add("code", check.code)
      .add("is_right", check.reading.is_right())
      .add("is_issued", check.is_issued)
      .add_json("parts", parts)
      .add_json("notes", notes)
      .text();
}

std::string code_story_json(const CodeStory& story) {
  return JsonObject()
      .add("code", story.code)
      .add("scheme", story.scheme)
      .add("object_kind", story.object_kind)
      .add("object_id", story.object_id)
      .add("issued_at", story.issued_at)
      .add("retired_at", story.retired_at)
      .add_json("object", story.object ? object_json(*story.object) : "null")
      .add_json("successions", json_list(story.successions, succession_json))
      .add_json("now", json_list(story.now, object_json))
      .add_json("predecessors", json_list(story.predecessors, succession_json))
      .text();
}

std::string room_plan_preview_json(const RoomPlanPreview& preview) {
  const std::string buildings = json_list(preview.buildings, [](const PlannedBuildingView& one) {
    return JsonObject()
        .add("id", one.id)
        .add("address", one.address)
        .add("code", one.code)
        .add("fault", one.fault)
        .add("new_nodes", one.new_nodes)
        .add("new_rooms", one.new_rooms)
        .add("same_rooms", one.same_rooms)
        .add("extra_rooms", one.extra_rooms)
        .text();
  });
  const std::string nodes = json_list(preview.nodes, [](const PlannedNode& one) {
    return JsonObject().add("state", one.state).add("level", one.level).add("text", one.text).text();
  });
  const std::string checklist = json_list(preview.checklist, [](const spine::ChecklistRow& one) {
    return JsonObject()
        .add("unit", one.unit)
        .add("floor", one.floor)
        .add("rooms", one.rooms)
        .add("names", one.names)
        .add("remarks", one.remarks)
        .text();
  });
  return JsonObject()
      .add("units", preview.units)
      .add("floors", preview.floors)
      .add("rooms", preview.rooms)
      .add("new_nodes", preview.new_nodes)
      .add("new_rooms", preview.new_rooms)
      .add("same_rooms", preview.same_rooms)
      .add("extra_rooms", preview.extra_rooms)
      .add("faults", preview.faults)
      .add_json("buildings", buildings)
      .add_json("nodes", nodes)
      .add_json("checklist", checklist)
      .text();
}

}  // namespace menpai::app
