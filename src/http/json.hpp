// SPDX-License-Identifier: Apache-2.0
// Every struct that the API gives out, as JSON: the names are those of the C++ members (api/openapi.yaml).
#pragma once

#include <string>
#include <vector>

#include "app/accounts.hpp"
#include "app/cleaning.hpp"
#include "app/map.hpp"
#include "app/operation.hpp"
#include "app/search.hpp"
#include "http/json_writer.hpp"

namespace menpai::http {

void write_json(JsonWriter& out, const app::Account& account);
void write_json(JsonWriter& out, const app::Suggestion& suggestion);
void write_json(JsonWriter& out, const app::AddressView& view);
void write_json(JsonWriter& out, const Division& division);
void write_json(JsonWriter& out, const CleaningJob& job);
void write_json(JsonWriter& out, const CleaningRow& row);
void write_json(JsonWriter& out, const app::RowPage& page);
void write_json(JsonWriter& out, const app::Preview& preview);
void write_json(JsonWriter& out, const app::MapExtent& extent);
void write_json(JsonWriter& out, const app::Health& health);

template <class T>
std::string json_text(const T& value) {
  JsonWriter out;
  write_json(out, value);
  return out.take();
}

/// {"items":[…]}
template <class T>
std::string json_items(const std::vector<T>& items) {
  JsonWriter out;
  out.begin_object();
  out.key("items");
  out.begin_array();
  for (const T& item : items) write_json(out, item);
  out.end_array();
  out.end_object();
  return out.take();
}

}  // namespace menpai::http
