// SPDX-License-Identifier: Apache-2.0
#include "http/routes.hpp"

namespace menpai::http {

RouteTable make_routes(app::Application& app, const RouteSettings& settings, std::shared_ptr<Metrics> metrics) {
  RouteTable table;
  add_session_routes(table, app);
  add_address_routes(table, app);
  add_reverse_routes(table, app);
  add_clean_routes(table, app, settings.stream_bytes_max);
  add_division_routes(table, app);
  add_cleaning_routes(table, app, settings.upload_bytes_max);
  add_alias_routes(table, app);
  add_change_routes(table, app);
  add_grid_routes(table, app);
  add_place_routes(table, app);
  add_code_routes(table, app);
  add_plate_routes(table, app);
  add_plate_page(table, app);
  add_map_routes(table, app);
  add_operation_routes(table, app, std::move(metrics));
  add_page_routes(table, settings.web_dir);
  return table;
}

}  // namespace menpai::http
