// SPDX-License-Identifier: Apache-2.0
// What a code says and where it leads.
#include "app/codes.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "address/library/library.hpp"
#include "app/change/change_record.hpp"
#include "app/change/object_kind.hpp"
#include "app/door.hpp"
#include "app/parts.hpp"
#include "base/error.hpp"
#include "store/queries.hpp"

namespace menpai::app {
namespace {

namespace fs = std::filesystem;
namespace query = store::query::code;

constexpr std::size_t code_bytes_max = 64;
constexpr std::size_t files_max = 100;
constexpr std::uintmax_t file_bytes_max = 65536;
constexpr std::size_t steps_max = 1000;

std::string read_text(const fs::path& file) {
  std::error_code failed;
  if (fs::file_size(file, failed) > file_bytes_max && !failed) {
    throw Error(ErrorCode::too_large, file.string() + " is longer than 64 KiB.");
  }
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) throw_errno("read " + file.string());
  return text.str();
}

/// The names of the divisions that a code begins with, from the register and from the library in use.
std::map<std::string, spine::DivisionWord, std::less<>> division_words(Application& app, std::string_view code) {
  std::vector<std::string> prefixes;
  for (const std::size_t digits : {2U, 4U, 6U, 9U, 12U}) {
    if (code.size() >= digits) prefixes.emplace_back(code.substr(0, digits));
  }
  std::map<std::string, spine::DivisionWord, std::less<>> words;
  for (const store::Row row : app.parts().store->run(query::divisions, prefixes)) {
    words[row.get<std::string>(0)] = {row.get<std::string>(1), row.get<bool>(2)};
  }
  const auto library = app.parts().find_library();
  if (!library) return words;
  const address::DivisionIndex& index = library->data().divisions;
  for (const std::string& prefix : prefixes) {
    const auto node = index.find_code(prefix);
    if (node) words[prefix] = {std::string(index.name(*node)), false};
  }
  return words;
}

CodeSuccession succession_of(const store::Row& row) {
  return {row.get<std::string>(0), row.get<std::string>(1), row.get<std::string>(2),
          store::iso_text(row.get<store::Timestamp>(3)), row.get<Uuid>(4).text()};
}

/// One issued code as it stands in the table.
struct Issued {
  std::string code, kind, scheme;
  int county_code = 0;
  Uuid object_id;
  store::Timestamp at;
  std::optional<store::Timestamp> retired_at;
};

std::map<std::string, Issued> find_issued(store::Store& store, const std::vector<std::string>& codes) {
  std::map<std::string, Issued> found;
  for (const store::Row row : store.run(query::find, codes)) {
    Issued issued;
    issued.code = row.get<std::string>(0);
    issued.county_code = row.get<std::int32_t>(1);
    issued.kind = row.get<std::string>(2);
    issued.object_id = row.get<Uuid>(3);
    issued.scheme = row.get<std::string>(4);
    issued.at = row.get<store::Timestamp>(5);
    issued.retired_at = row.get<std::optional<store::Timestamp>>(6);
    found.emplace(issued.code, std::move(issued));
  }
  return found;
}

const store::Query* query_of_kind(std::string_view kind) {
  if (kind == "address" || kind == "room") return &query::addresses;
  if (kind == "building") return &query::buildings;
  if (kind == "place") return &query::places;
  if (kind == "grid") return &query::grids;
  return nullptr;
}

/// Objects of kinds that say of themselves how they are read: grids, plates.
std::optional<CodedObject> find_other(store::Store& store, const std::string& kind, int county_code, const Uuid& id) {
  const ObjectKind* known = find_object_kind(kind);
  if (known == nullptr) return std::nullopt;
  const store::Result found = store.run(known->current, std::int32_t{county_code}, std::vector<Uuid>{id});
  if (found.empty()) return std::nullopt;
  const store::Row row = found[0];
  const RequestJson fields(row.get<store::Json>(4).text);
  return CodedObject{kind,
                     row.get<Uuid>(0).text(),
                     shown_text(fields),
                     fields.text_or("code", code_bytes_max, ""),
                     row.get<std::string>(2),
                     row.get<std::string>(3),
                     row.get<std::int32_t>(1)};
}

std::optional<CodedObject> find_object(store::Store& store, const std::string& kind, int county_code, const Uuid& id) {
  const store::Query* ask = query_of_kind(kind);
  if (ask == nullptr) return find_other(store, kind, county_code, id);
  const store::Result found = store.run(*ask, std::int32_t{county_code}, std::vector<Uuid>{id});
  if (found.empty()) return std::nullopt;
  const store::Row row = found[0];
  return CodedObject{kind,
                     row.get<Uuid>(0).text(),
                     row.get<std::string>(1),
                     row.get<std::string>(2),
                     row.get<std::string>(3),
                     row.get<std::string>(5),
                     row.get<std::int32_t>(4)};
}

/// An object, or where it is no more, what took its place.
void add_living(store::Store& store, const Issued& issued, std::vector<CodedObject>& now, std::set<Uuid>& seen,
                std::vector<CodeSuccession>& steps) {
  std::vector<Uuid> open = {issued.object_id};
  while (!open.empty() && seen.size() < steps_max) {
    const Uuid id = open.back();
    open.pop_back();
    if (!seen.insert(id).second) continue;
    const std::optional<CodedObject> object = find_object(store, issued.kind, issued.county_code, id);
    const bool is_gone = object && object->status == "retired";
    const std::size_t before = open.size();
    if (is_gone) {
      for (const store::Row row : store.run(query::heirs, std::int32_t{issued.county_code}, std::vector<Uuid>{id})) {
        open.push_back(row.get<Uuid>(1));
        const auto heir = find_object(store, issued.kind, issued.county_code, open.back());
        if (heir) steps.push_back({object->code, heir->code, row.get<std::string>(2), "", ""});
      }
    }
    if (object && open.size() == before) now.push_back(*object);
  }
}

}  // namespace

std::shared_ptr<const spine::CodeSchemes> load_code_schemes(const Settings& settings) {
  std::vector<spine::CodeSchemeFile> files;
  if (!settings.codes_folder.empty()) {
    std::error_code failed;
    if (!fs::is_directory(settings.codes_folder, failed)) {
      throw Error(ErrorCode::not_found, "There is no folder " + settings.codes_folder.string() +
                                            " (setting codes.folder). Make it or leave the setting out.");
    }
    std::vector<fs::path> paths;
    for (const fs::directory_entry& entry : fs::directory_iterator(settings.codes_folder)) {
      if (entry.path().extension() == ".toml") paths.push_back(entry.path());
    }
    if (paths.size() > files_max) throw Error(ErrorCode::too_large, "codes.folder may hold 100 schemes.");
    std::sort(paths.begin(), paths.end());
    for (const fs::path& path : paths) files.push_back({path.string(), read_text(path)});
  }
  auto schemes = std::make_shared<const spine::CodeSchemes>(files);
  const auto check = [&](const std::string& name, const char* setting, std::string_view kind) {
    const spine::CodeScheme* scheme = schemes->find(name);
    if (scheme == nullptr || scheme->object_kind != kind) {
      throw Error(ErrorCode::bad_request, "Setting " + std::string(setting) + " is \"" + name +
                                              "\", which is no code scheme of the kind " + std::string(kind) + ".");
    }
  };
  check(settings.codes_building, "codes.building", "building");
  check(settings.codes_room, "codes.room", "room");
  return schemes;
}

std::vector<spine::CodeScheme> list_code_schemes(Application& app, const Caller& caller) {
  require(app, caller, Action::read_address, "code_scheme");
  return app.parts().code_schemes->all();
}

CodeCheck check_code(Application& app, const Caller& caller, std::string_view scheme_name, std::string_view code) {
  require(app, caller, Action::read_address, "code");
  if (code.size() > code_bytes_max) throw Error(ErrorCode::too_large, "A code has at most 64 characters.");
  CodeCheck check;
  check.scheme = app.parts().code_schemes->get(scheme_name);
  check.code = code;
  const auto words = division_words(app, code);
  check.reading = spine::explain_code(check.scheme, code, [&](std::string_view one) {
    const auto word = words.find(one);
    return word == words.end() ? std::nullopt : std::optional(word->second);
  });
  check.is_issued = !find_issued(*app.parts().store, {check.code}).empty();
  return check;
}

CodeStory resolve_code(Application& app, const Caller& caller, std::string_view code) {
  require(app, caller, Action::read_address, "code");
  store::Store& store = *app.parts().store;
  const auto not_found = [] { return Error(ErrorCode::not_found, "This code was never given out here."); };
  if (code.empty() || code.size() > code_bytes_max) throw not_found();
  CodeStory story;
  story.code = code;
  const auto issued = find_issued(store, {story.code});
  if (issued.empty()) throw not_found();
  const Issued& own = issued.begin()->second;
  story.scheme = own.scheme;
  story.object_kind = own.kind;
  story.object_id = own.object_id.text();
  story.issued_at = store::iso_text(own.at);
  if (own.retired_at) story.retired_at = store::iso_text(*own.retired_at);
  story.object = find_object(store, own.kind, own.county_code, own.object_id);

  std::set<std::string> seen = {story.code};
  std::vector<std::string> open = {story.code};
  std::vector<std::string> ends;
  while (!open.empty()) {
    std::set<std::string> going_on;
    std::vector<std::string> next;
    for (const store::Row row : store.run(query::successors, open)) {
      CodeSuccession step = succession_of(row);
      going_on.insert(step.old_code);
      if (seen.size() < steps_max && seen.insert(step.new_code).second) next.push_back(step.new_code);
      story.successions.push_back(std::move(step));
    }
    for (const std::string& one : open) {
      if (going_on.count(one) == 0) ends.push_back(one);
    }
    open = std::move(next);
  }
  std::set<Uuid> objects;
  for (const auto& [end, of] : find_issued(store, ends)) {
    add_living(store, of, story.now, objects, story.successions);
  }
  for (const store::Row row : store.run(query::predecessors, std::vector<std::string>{story.code})) {
    story.predecessors.push_back(succession_of(row));
  }
  return story;
}

}  // namespace menpai::app
