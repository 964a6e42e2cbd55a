// SPDX-License-Identifier: Apache-2.0
// menpai change: change sets from the draft to what they did. menpai history: what was believed of an object, and when.
#include <fstream>
#include <sstream>

#include "app/change/change_sets.hpp"
#include "app/change/history.hpp"
#include "base/error.hpp"
#include "cli/commands.hpp"
#include "cli/report.hpp"
#include "cli/table_options.hpp"

namespace menpai::cli {
namespace {

constexpr std::size_t shown_objects = 20;

/// The text itself, or with @ in front the file that holds it.
std::string request_text(const std::string& given) {
  if (!given.starts_with('@')) return given;
  std::ifstream in(given.substr(1), std::ios::binary);
  if (!in) throw Error(ErrorCode::not_found, "There is no file " + given.substr(1) + ".");
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

ChangeSetId set_id(const ChangeOptions& options) {
  const auto id = Uuid::parse(options.id);
  if (!id) throw Error(ErrorCode::bad_request, "Name the change set by its id, as menpai change list shows it.");
  return {*id};
}

std::string json_of(const ChangeSet& set) {
  JsonObject counts;
  for (const auto& [name, count] : set.counts) counts.add(name, count);
  return JsonObject()
      .add("id", set.id.value)
      .add("kind", set.kind)
      .add("state", change_state_name(set.state))
      .add("title", set.title)
      .add("needs_second_person", set.needs_second_person)
      .add("effective_on", set.effective_on)
      .add("reason", set.reason)
      .add("source", set.source)
      .add("made_by", set.made_by)
      .add("made_at", set.made_at)
      .add("settled_by", set.settled_by)
      .add("settled_reason", set.settled_reason)
      .add("applied_at", set.applied_at)
      .add_json("counts", counts.text())
      .add_json("request", set.request)
      .add("version", set.version)
      .text();
}

std::string line_of(const ChangeSet& set) {
  std::string line = set.id.text() + "  " + std::string(change_state_name(set.state)) + "  " + set.title + "  (" +
                     set.kind + ", " + set.made_by + ", " + set.made_at + ")\n";
  for (const auto& [name, count] : set.counts) line += "    " + name + ": " + with_commas(count) + "\n";
  return line;
}

void print_set(const ChangeOptions& options, const ChangeSet& set) {
  print_out(options.json ? json_of(set) + "\n" : line_of(set));
}

int list(app::Application& application, const ChangeOptions& options) {
  std::optional<ChangeState> state;
  if (options.state != "all") state = parse_change_state(options.state);
  std::string text, json;
  std::optional<Uuid> after;
  do {
    const app::ChangeSetPage page =
        app::list_change_sets(application, app::operator_caller(), state, std::nullopt, after, 500);
    for (const ChangeSet& set : page.items) {
      json += json.empty() ? "" : ",";
      json += json_of(set);
      text += line_of(set);
    }
    after = Uuid::parse(page.next);
  } while (after);
  if (options.json) {
    print_out(JsonObject().add_json("change_sets", "[" + json + "]").text() + "\n");
  } else {
    print_out(text.empty() ? "There is no such change set.\n" : text);
  }
  return 0;
}

int show_preview(const ChangeOptions& options, const app::ChangePreview& preview) {
  std::string text, counts_text, items;
  JsonObject counts;
  for (const auto& [name, count] : preview.counts) {
    counts.add(name, count);
    counts_text += "  " + name + ": " + with_commas(count) + "\n";
  }
  for (const app::PreviewItem& item : preview.items) {
    items += items.empty() ? "" : ",";
    items += JsonObject()
                 .add("object_kind", item.object_kind)
                 .add("id", item.id)
                 .add("action", item.action)
                 .add("before", item.before)
                 .add("after", item.after)
                 .text();
    text += "  " + item.action + "  " + (item.before.empty() ? "-" : item.before) + "  →  " +
            (item.after.empty() ? "-" : item.after) + "\n";
  }
  if (options.json) {
    print_out(JsonObject()
                  .add("total", preview.total)
                  .add_json("counts", counts.text())
                  .add_json("items", "[" + items + "]")
                  .text() +
              "\n");
    return 0;
  }
  text = "Would touch " + with_commas(preview.total) + " objects:\n" + counts_text + text;
  if (preview.next != 0) text += "  … and " + with_commas(preview.total - preview.items.size()) + " more\n";
  for (const Advice& advice : preview.advice) {
    text += "  advice " + advice.rule + " (" + advice.article + "): " + advice.message + "\n";
  }
  for (const app::ChangePreview::Stale& one : preview.stale) {
    text += "  changed since: " + one.field + " was " + one.seen + ", is " + one.now +
            (one.wanted.empty() ? "" : ", would be " + one.wanted) + "\n";
  }
  print_out(text);
  return 0;
}

app::ChangeDraft draft_of(const ChangeOptions& options) {
  return {.kind = options.kind,
          .request = request_text(options.request),
          .object_version = options.object_version,
          .reason = options.reason,
          .source = options.source,
          .effective_on = options.effective_on,
          .is_correction = options.is_correction};
}

int step(app::Application& application, const ChangeOptions& options, ChangeState to) {
  const Caller caller = app::operator_caller();
  const ChangeSet set = app::get_change_set(application, caller, set_id(options));
  print_set(options, app::step_change_set(application, caller, set.id, to, options.reason, set.version));
  return 0;
}

}  // namespace

int run_change(const ChangeOptions& options) {
  const auto application = app::Application::open(settings_of(options), false);
  const Caller caller = app::operator_caller();
  if (options.verb == "list") return list(*application, options);
  if (options.verb == "kinds") {
    std::string text;
    for (const app::ChangeKindView& kind : app::list_change_kinds(*application, caller)) {
      text += std::string(kind.name) + (kind.needs_second_person ? "  needs a second person" : "") + "\n";
    }
    print_out(text);
    return 0;
  }
  if (options.verb == "preview") {
    return show_preview(
        options, options.id.empty() ? app::preview_change(*application, caller, draft_of(options), 0, shown_objects)
                                    : app::preview_change_set(*application, caller, set_id(options), 0, shown_objects));
  }
  if (options.verb == "make") {
    ChangeSet set = app::make_change_set(*application, caller, draft_of(options));
    if (options.submit) {
      set = app::step_change_set(*application, caller, set.id, ChangeState::submitted, {}, set.version);
    }
    print_set(options, set);
    return 0;
  }
  if (options.verb == "show") {
    print_set(options, app::get_change_set(*application, caller, set_id(options)));
    return 0;
  }
  if (options.verb == "undo") {
    print_set(options, app::undo_change_set(*application, caller, set_id(options), options.reason));
    return 0;
  }
  if (options.verb == "apply-due") {
    print_out(with_commas(app::apply_due_change_sets(*application, caller)) + " applied\n");
    return 0;
  }
  if (options.verb == "submit") return step(*application, options, ChangeState::submitted);
  if (options.verb == "approve") return step(*application, options, ChangeState::approved);
  if (options.verb == "return") return step(*application, options, ChangeState::returned);
  if (options.verb == "apply") return step(*application, options, ChangeState::applied);
  return step(*application, options, ChangeState::withdrawn);
}

int run_history(const HistoryOptions& options) {
  const auto application = app::Application::open(settings_of(options), false);
  const Caller caller = app::operator_caller();
  if (!options.from.empty() || !options.to.empty()) {
    std::string text;
    for (const app::FieldDifference& one :
         app::object_difference(*application, caller, options.id, options.from, options.to)) {
      text += one.field + "  " + one.before + "  →  " + one.after + "\n";
    }
    print_out(text.empty() ? "No difference.\n" : text);
    return 0;
  }
  if (!options.as_of.empty() || !options.known_at.empty()) {
    print_out(app::object_as_of(*application, caller, options.id, options.as_of, options.known_at).fields + "\n");
    return 0;
  }
  const app::ObjectHistory history = app::object_history(*application, caller, options.id);
  std::string text = history.text + "  (" + history.kind + ")\n", json;
  for (const app::ObjectVersion& version : history.versions) {
    json += json.empty() ? "" : ",";
    json += JsonObject()
                .add("version", version.version)
                .add("valid_from", version.valid_from)
                .add("valid_to", version.valid_to)
                .add("recorded_at", version.recorded_at)
                .add("superseded_at", version.superseded_at)
                .add("change_kind", version.change_kind)
                .add("actor", version.actor)
                .add("reason", version.reason)
                .add("set_id", version.set_id)
                .add_json("fields", version.fields)
                .text();
    text += "  " + std::to_string(version.version) + "  " + (version.valid_from.empty() ? "…" : version.valid_from) +
            " – " + (version.valid_to.empty() ? "…" : version.valid_to) + "  recorded " + version.recorded_at +
            (version.superseded_at.empty() ? "" : ", superseded " + version.superseded_at) + "  " +
            version.change_kind + "  " + version.actor + "  " + version.reason + "\n";
  }
  for (const app::Heir& heir : app::successors_of(*application, caller, options.id)) {
    text += "  " + heir.how + "  " + heir.text + "  " + heir.id + "\n";
  }
  if (options.json) {
    text = JsonObject()
               .add("id", history.id)
               .add("kind", history.kind)
               .add("text", history.text)
               .add_json("versions", "[" + json + "]")
               .text() +
           "\n";
  }
  print_out(text);
  return 0;
}

}  // namespace menpai::cli
