// SPDX-License-Identifier: Apache-2.0
#include "http/serve.hpp"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include "app/accounts.hpp"
#include "app/admission.hpp"
#include "app/application.hpp"
#include "app/service_tokens.hpp"
#include "http/json_writer.hpp"
#include "http/routes.hpp"
#include "http/server.hpp"

namespace menpai::http {
namespace {

constexpr rlim_t spare_files = 256;  ///< beside the connections: database, library, uploads

/// One JSON object a line on standard error, for the journal. What is logged are the members of the object.
std::shared_ptr<spdlog::logger> make_log(const std::string& level) {
  auto log = std::make_shared<spdlog::logger>("menpai-http", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  log->set_pattern(R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})", spdlog::pattern_time_type::utc);
  log->set_level(spdlog::level::from_str(level == "warn" ? "warning" : level));
  log->flush_on(spdlog::level::trace);
  return log;
}

/// Every connection is a file descriptor, and the usual limit of 1024 is soon reached.
void allow_open_files(unsigned connections_max) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  const rlim_t wanted = connections_max + spare_files;
  if (limit.rlim_cur >= wanted) return;
  limit.rlim_cur = limit.rlim_max == RLIM_INFINITY ? wanted : std::min(limit.rlim_max, wanted);
  setrlimit(RLIMIT_NOFILE, &limit);
}

DoorHooks make_hooks(app::Application& app, std::shared_ptr<spdlog::logger> log) {
  DoorHooks hooks;
  hooks.caller_of_session = [&app](std::string_view token) { return app::caller_of_session(app, token); };
  hooks.caller_of_token = [&app](std::string_view token) { return app::caller_of_service_token(app, token); };
  hooks.require = [&app](const Caller& caller, Action action) { app::admit(app, caller, action); };
  hooks.log = [log = std::move(log)](bool failed, std::string_view members) {
    log->log(failed ? spdlog::level::err : spdlog::level::info, "{}", members);
  };
  return hooks;
}

ServerOptions make_options(const app::Settings& settings) {
  ServerOptions options;
  options.listen = settings.listen;
  options.port = settings.port;
  options.tls_cert = settings.tls_cert;
  options.tls_key = settings.tls_key;
  options.proxy = settings.proxy;
  options.workers = settings.workers;
  options.connections_max = settings.connections_max;
  options.stop_on_signals = true;
  return options;
}

std::string url_of(const app::Settings& settings, std::uint16_t port) {
  const bool any = settings.listen == "0.0.0.0" || settings.listen == "::";
  const bool v6 = !any && settings.listen.find(':') != std::string::npos;
  const std::string host = any ? "localhost" : v6 ? "[" + settings.listen + "]" : settings.listen;
  return (settings.tls_cert.empty() ? "http://" : "https://") + host + ":" + std::to_string(port);
}

}  // namespace

int serve(const std::map<std::string, std::string>& flags, const std::filesystem::path& config,
          const std::function<void(const std::string& url)>& on_ready) {
  const app::Settings settings = app::load_settings(config, flags);
  std::signal(SIGPIPE, SIG_IGN);
  allow_open_files(settings.connections_max);
  const auto log = make_log(settings.log_level);
  const auto app = app::Application::open(settings, true);
  const auto metrics = std::make_shared<Metrics>();
  Door door(
      make_routes(*app, {settings.upload_bytes_max, settings.web_dir, settings.service_stream_bytes_max}, metrics),
      make_hooks(*app, log), {.proxy = settings.proxy, .tls = !settings.tls_cert.empty()}, metrics);
  Server server(make_options(settings), door);

  const std::string url = url_of(settings, server.port());
  JsonWriter started;
  started.field("event", "started");
  started.field("url", url);
  log->info("{}", started.take());
  if (on_ready) {
    on_ready(url);
  } else {
    std::printf("%s\n", url.c_str());
    std::fflush(stdout);
  }
  server.run();
  log->info("{}", R"("event":"stopped")");
  return 0;
}

}  // namespace menpai::http
