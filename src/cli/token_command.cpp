// SPDX-License-Identifier: Apache-2.0
// menpai user token: add, list, revoke the service tokens of other departments' programs.
#include "app/service_tokens.hpp"
#include "cli/commands.hpp"
#include "cli/report.hpp"
#include "cli/table_options.hpp"

namespace menpai::cli {
namespace {

int add(app::Application& application, const TokenOptions& options) {
  const std::string token =
      app::add_service_token(application, app::operator_caller(), options.name, static_cast<int>(options.days));
  if (options.json) {
    print_out(JsonObject().add("name", options.name).add("token", token).text() + "\n");
  } else {
    print_out("Added the service token " + options.name + ", good for " + std::to_string(options.days) +
              " days. It is shown only now:\n" + token + "\nSend it as: Authorization: Bearer " +
              token.substr(0, token.find('_') + 1) + "…\n");
  }
  return 0;
}

int list(app::Application& application, const TokenOptions& options) {
  std::string text;
  std::string json;
  for (const app::ServiceToken& token : app::list_service_tokens(application, app::operator_caller())) {
    json += json.empty() ? "" : ",";
    json += JsonObject()
                .add("name", token.name)
                .add("created_by", token.created_by)
                .add("created_at", token.created_at)
                .add("expires_at", token.expires_at)
                .add("revoked_by", token.revoked_by)
                .add("revoked_at", token.revoked_at)
                .add("last_used_at", token.last_used_at)
                .text();
    const std::string use = token.last_used_at.empty() ? "never used" : "last used " + token.last_used_at;
    const std::string end = token.revoked_at.empty() ? "good until " + token.expires_at
                                                     : "revoked by " + token.revoked_by + " " + token.revoked_at;
    text += token.name + "  " + end + "  " + use + "\n";
  }
  if (options.json) {
    print_out(JsonObject().add_json("tokens", "[" + json + "]").text() + "\n");
  } else {
    print_out(text.empty() ? "There is no service token. Add one: menpai user token add NAME\n" : text);
  }
  return 0;
}

}  // namespace

int run_token(const TokenOptions& options) {
  const auto application = app::Application::open(settings_of(options), false);
  if (options.verb == "list") return list(*application, options);
  if (options.verb == "add") return add(*application, options);
  app::revoke_service_token(*application, app::operator_caller(), options.name);
  if (options.json) {
    print_out(JsonObject().add("name", options.name).text() + "\n");
  } else {
    print_out("The service token " + options.name + " opens nothing any more.\n");
  }
  return 0;
}

}  // namespace menpai::cli
