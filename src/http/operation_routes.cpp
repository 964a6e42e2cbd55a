// SPDX-License-Identifier: Apache-2.0
// /healthz and /metrics: for whoever keeps the installation running.
#include "app/operation.hpp"
#include "http/json.hpp"
#include "http/routes.hpp"

namespace menpai::http {

void add_operation_routes(RouteTable& table, app::Application& app, std::shared_ptr<Metrics> metrics) {
  table.add({.pattern = "/healthz", .action = Action::read_health, .handle = [&app](Request&) {
               const app::Health health = app::health(app);
               Response response = json_response(json_text(health), health.ok ? 200 : 503);
               response.with("Cache-Control", "no-store");
               return response;
             }});
  table.add({.pattern = "/metrics", .action = Action::read_metrics, .handle = [&app, metrics](Request&) {
               Response response;
               response.body = metrics->text(app::figures(app));
               response.with("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
               response.with("Cache-Control", "no-store");
               return response;
             }});
}

}  // namespace menpai::http
