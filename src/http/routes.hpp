// SPDX-License-Identifier: Apache-2.0
// All routes of the server, one function and one file per resource. api/openapi.yaml describes them; a test compares.
#pragma once

#include <filesystem>
#include <memory>

#include "app/application.hpp"
#include "http/metrics.hpp"
#include "http/route.hpp"

namespace menpai::http {

void add_session_routes(RouteTable& table, app::Application& app);
void add_address_routes(RouteTable& table, app::Application& app);
void add_reverse_routes(RouteTable& table, app::Application& app);
void add_clean_routes(RouteTable& table, app::Application& app, std::uint64_t stream_bytes_max);
void add_division_routes(RouteTable& table, app::Application& app);
void add_alias_routes(RouteTable& table, app::Application& app);
void add_place_routes(RouteTable& table, app::Application& app);
void add_grid_routes(RouteTable& table, app::Application& app);
void add_change_routes(RouteTable& table, app::Application& app);
void add_code_routes(RouteTable& table, app::Application& app);
void add_plate_routes(RouteTable& table, app::Application& app);
void add_plate_page(RouteTable& table, app::Application& app);
void add_cleaning_routes(RouteTable& table, app::Application& app, std::uint64_t upload_bytes_max);
void add_map_routes(RouteTable& table, app::Application& app);
void add_operation_routes(RouteTable& table, app::Application& app, std::shared_ptr<Metrics> metrics);
/// Without a folder, or with one that has no index.html, every page says that the web application is not built.
void add_page_routes(RouteTable& table, const std::filesystem::path& web_dir);

struct RouteSettings {
  std::uint64_t upload_bytes_max = std::uint64_t{1} << 30;
  std::filesystem::path web_dir;
  std::uint64_t stream_bytes_max = std::uint64_t{1} << 40;
};
/// The whole table. `app` is kept by reference and asked nothing here.
RouteTable make_routes(app::Application& app, const RouteSettings& settings, std::shared_ptr<Metrics> metrics);

}  // namespace menpai::http
