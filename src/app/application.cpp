// SPDX-License-Identifier: Apache-2.0
#include "app/application.hpp"

#include <algorithm>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/codes.hpp"
#include "app/parts.hpp"
#include "app/shared_files.hpp"

namespace menpai::app {
namespace {

namespace fs = std::filesystem;

/// Keys and sealed files need the directory even where a given server holds the records.
void make_data_dir(const fs::path& dir) {
  std::error_code error;
  fs::create_directories(dir.parent_path(), error);
  if (mkdir(dir.c_str(), geteuid() == 0 ? 0711 : 0700) != 0 && errno != EEXIST) {
    throw_errno("make the data directory " + dir.string() + " (choose another with --data)");
  }
}

fs::path key_file_of(const Settings& settings) {
  return settings.key_file.empty() ? settings.data_dir / "keys" / "root.key" : fs::path(settings.key_file);
}

/// A fresh installation makes its root key. One whose database was sealed with another key must not: the new key would
/// open nothing and hide what went wrong.
std::unique_ptr<access::KeyProvider> open_keys(const Settings& settings, store::KeyStore& stored) {
  const std::vector<std::string> roots = stored.root_ids();
  auto provider = access::open_key_file(key_file_of(settings), roots.empty());
  if (!roots.empty() && std::find(roots.begin(), roots.end(), provider->root_id()) == roots.end()) {
    throw Error(ErrorCode::damaged,
                "The key file " + key_file_of(settings).string() +
                    " does not belong to this database: what is stored was sealed with another. Put the "
                    "right one in its place (setting keys.file).");
  }
  return provider;
}

/// Without a library the rest works, and what needs one says so. The register's own that an earlier version wrote
/// counts as none, so that it can be built anew; any other that does not open is an error.
void open_library(Application::Parts& parts) {
  const fs::path file = parts.library_file();
  if (file.empty()) return;
  try {
    parts.use_library(address::Library::open(file));
  } catch (const Error& error) {
    if (error.code() != ErrorCode::unsupported || file != parts.settings.data_dir / "library.mpl") throw;
    spdlog::warn("there is no library until it is built anew: {}", error.what());
  }
}

}  // namespace

Application::Application(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}

Application::~Application() {
  // In this order: the keeper and the worker use everything, the audit log the store.
  m_parts->keeper.reset();
  m_parts->worker.reset();
  m_parts->audit.reset();
}

std::unique_ptr<Application> Application::open(const Settings& settings, bool with_worker) {
  auto parts = std::make_unique<Parts>();
  parts->settings = settings;
  make_data_dir(settings.data_dir);
  store::StoreOptions options;
  options.data_dir = settings.data_dir;
  options.database_url = settings.database_url;
  options.connections_max = std::max(8u, settings.workers + 6);
  parts->store = store::Store::open(options);
  parts->edits = std::make_unique<RegisterEdits>(*parts->store);
  parts->key_store = std::make_unique<store::KeyStore>(*parts->store);
  parts->key_provider = open_keys(settings, *parts->key_store);
  const std::optional<access::Suite> suite = access::parse_suite(settings.key_suite);
  if (!suite) throw Error(ErrorCode::bad_request, "keys.suite must be aes-256-gcm or sm4-ctr-hmac-sm3.");
  parts->keys = std::make_unique<access::KeyRing>(*parts->key_provider, *parts->key_store, *suite);
  parts->files = std::make_unique<store::SealedFiles>(settings.data_dir, *parts->keys);
  parts->audit = std::make_unique<AuditLog>(*parts->store);
  parts->clean_gate = std::make_unique<CleanGate>(settings.service_requests_max, settings.service_rows_per_second);
  parts->code_schemes = load_code_schemes(settings);
  parts->place_rules = load_place_rules(settings);
  open_library(*parts);
  std::unique_ptr<Application> app(new Application(std::move(parts)));
  Parts& own = app->parts();
  own.engines.set_grade_rules({settings.grade_a_min, settings.grade_b_min});
  own.worker = std::make_unique<CleaningWorker>(*own.store, *own.keys, *own.files, own.engines);
  if (with_worker) {
    own.files->sweep(*own.store);
    own.worker->start();
    own.keeper = std::make_unique<LibraryKeeper>(*app);
    own.keeper->start();
  }
  return app;
}

const Settings& Application::settings() const {
  return m_parts->settings;
}

fs::path Application::Parts::library_file() const {
  try {
    return choose_library({}, settings);
  } catch (const Error& error) {
    if (error.code() == ErrorCode::not_found) return {};
    throw;
  }
}

std::shared_ptr<const address::Library> Application::Parts::find_library() const {
  return m_library.get();
}

std::shared_ptr<const address::Library> Application::Parts::library() const {
  std::shared_ptr<const address::Library> library = find_library();
  if (!library) {
    throw Error(ErrorCode::unavailable,
                "There is no library to look addresses up in. An administrator makes one with: menpai library build");
  }
  return library;
}

void Application::Parts::use_library(std::shared_ptr<const address::Library> library) {
  m_library.use(std::move(library));
}

Caller operator_caller() {
  Caller caller;
  caller.role = Role::system;
  caller.name = "system";
  caller.origin = "cli";
  caller.request_id = Uuid::make().text();
  return caller;
}

}  // namespace menpai::app
