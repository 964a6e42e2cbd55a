// SPDX-License-Identifier: Apache-2.0
// The web application's own files. They are listed and read once, at the start: a request only looks a name up in that
// list, so no path of a request ever reaches the file system.
#include <algorithm>
#include <fstream>
#include <map>
#include <openssl/evp.h>
#include <sstream>

#include "http/routes.hpp"

namespace menpai::http {
namespace {

namespace fs = std::filesystem;
using Bytes = std::shared_ptr<const std::string>;

constexpr std::uint64_t all_bytes_max = std::uint64_t{256} << 20;

struct PageFile {
  Bytes plain;
  Bytes gzipped;  ///< null if there is no x.gz beside x
  std::string etag;
  std::string_view content_type;
  bool immutable = false;
};
using PageFiles = std::map<std::string, PageFile, std::less<>>;

std::string_view content_type_of(const fs::path& path) {
  struct Type {
    std::string_view ending;
    std::string_view type;
  };
  static constexpr Type types[] = {
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".mjs", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".json", "application/json"},
      {".map", "application/json"},
      {".webmanifest", "application/manifest+json"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".jpg", "image/jpeg"},
      {".webp", "image/webp"},
      {".ico", "image/x-icon"},
      {".woff2", "font/woff2"},
      {".wasm", "application/wasm"},
      {".txt", "text/plain; charset=utf-8"},
  };
  const std::string ending = path.extension().string();
  for (const Type& type : types) {
    if (type.ending == ending) return type.type;
  }
  return "application/octet-stream";
}

std::string digest_of(const std::string& bytes) {
  static constexpr char hex[] = "0123456789abcdef";
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest, &size, EVP_sha256(), nullptr);
  std::string text;
  for (unsigned int i = 0; i < std::min(size, 12U); ++i) {
    text += hex[digest[i] >> 4];
    text += hex[digest[i] & 15];
  }
  return text;
}

/// Vite's names: name-8characters.ending, in assets/.
bool is_hashed(const std::string& name) {
  const std::size_t dash = name.rfind('-');
  const std::size_t dot = name.find('.', dash == std::string::npos ? 0 : dash);
  return name.starts_with("assets/") && dash != std::string::npos && dot == dash + 9;
}

Bytes read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  if (!in) {
    throw Error(ErrorCode::unavailable,
                "Could not read " + path.string() + " of the web application. See http.web_dir.");
  }
  return std::make_shared<const std::string>(std::move(bytes).str());
}

PageFiles load_files(const fs::path& web_dir) {
  PageFiles files;
  std::error_code missing;
  if (web_dir.empty() || !fs::is_regular_file(web_dir / "index.html", missing)) return files;
  std::uint64_t sum = 0;
  for (const auto& entry : fs::recursive_directory_iterator(web_dir)) {
    if (!entry.is_regular_file() || entry.is_symlink()) continue;
    const std::string name = entry.path().lexically_relative(web_dir).generic_string();
    if (name.starts_with('.') || name.find("/.") != std::string::npos) continue;
    sum += entry.file_size();
    if (sum > all_bytes_max) {
      throw Error(ErrorCode::too_large,
                  "The folder http.web_dir holds more than 256 MiB. It should hold web/dist only.");
    }
    const bool gzipped = name.ends_with(".gz");
    PageFile& file = files[gzipped ? name.substr(0, name.size() - 3) : name];
    (gzipped ? file.gzipped : file.plain) = read_file(entry.path());
    if (gzipped) continue;
    file.etag = digest_of(*file.plain);
    file.content_type = content_type_of(entry.path());
    file.immutable = is_hashed(name);
  }
  std::erase_if(files, [](const auto& entry) { return !entry.second.plain; });
  return files;
}

/// "gzip" named, and not with q=0.
bool takes_gzip(std::string_view accepted) {
  while (!accepted.empty()) {
    const std::size_t end = std::min(accepted.find(','), accepted.size());
    std::string_view item = trim(accepted.substr(0, end));
    accepted.remove_prefix(std::min(end + 1, accepted.size()));
    const std::size_t semicolon = std::min(item.find(';'), item.size());
    const std::string_view quality = trim(item.substr(std::min(semicolon + 1, item.size())));
    if (!equal_ignoring_case(trim(item.substr(0, semicolon)), "gzip")) continue;
    return quality.empty() || !(quality == "q=0" || quality.starts_with("q=0.0"));
  }
  return false;
}

Response give(const PageFile& file, const Request& request) {
  const bool gzipped = file.gzipped && takes_gzip(request.head.field("accept-encoding"));
  const std::string etag = "\"" + file.etag + (gzipped ? "-gz\"" : "\"");
  Response response;
  response.with("ETag", etag);
  response.with("Cache-Control", file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
  if (file.gzipped) response.with("Vary", "Accept-Encoding");
  if (request.head.field("if-none-match") == etag) {
    response.status = 304;
    return response;
  }
  response.with("Content-Type", std::string(file.content_type));
  if (gzipped) response.with("Content-Encoding", "gzip");
  response.shared_body = gzipped ? file.gzipped : file.plain;
  return response;
}

Response not_built() {
  Response response;
  response.status = 503;
  response.body =
      "The web application is not built. Run bin/setup, or set http.web_dir to the folder of the built files.\n";
  response.with("Content-Type", "text/plain; charset=utf-8");
  return response;
}

}  // namespace

void add_page_routes(RouteTable& table, const fs::path& web_dir) {
  auto files = std::make_shared<const PageFiles>(load_files(web_dir));
  table.add({.pattern = "/{*}", .action = Action::read_page, .handle = [files](Request& request) {
               const std::string& name = request.param("*");
               const bool is_api = name == "api" || name.starts_with("api/");
               if (is_api) throw Error(ErrorCode::not_found, "There is nothing at this path.");
               if (const auto file = files->find(name); file != files->end()) return give(file->second, request);
               // Pages of the application have paths of their own, without an ending; it finds its way by itself.
               const std::string_view last = std::string_view(name).substr(name.rfind('/') + 1);
               if (last.find('.') != std::string_view::npos) {
                 throw Error(ErrorCode::not_found, "There is nothing at this path.");
               }
               const auto index = files->find("index.html");
               return index == files->end() ? not_built() : give(index->second, request);
             }});
}

}  // namespace menpai::http
