// SPDX-License-Identifier: Apache-2.0
// The table of routes: what may be asked, by which method, under which Action, how big its body may be.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.hpp"
#include "model/access.hpp"

namespace menpai::http {

/// Requests of one lane wait for each other, so that slow work never takes the last worker.
enum class Lane : std::uint8_t {
  quick,     ///< milliseconds: pages, one row, a tile
  heavy,     ///< files and whole lists
  password,  ///< scrypt: a third of a second and 128 MiB each
};
inline constexpr int lane_count = 3;

inline constexpr std::uint64_t body_max_default = std::uint64_t{1} << 20;

struct Route {
  Method method = Method::get;
  /// "/api/v1/divisions/{code}", "/tiles/{z}/{x}/{y}.mvt"; a last segment "{*}" stands for whatever remains.
  std::string pattern = {};
  /// What the policy is asked. The server does not start with a route that has none.
  std::optional<Action> action = {};
  /// Answers. Runs on a worker thread. Not set for a route that takes its body as a stream.
  std::function<Response(Request&)> handle = {};
  /// Takes the body as it comes. Runs on a worker thread once the request is admitted, before the body is read.
  std::function<std::unique_ptr<BodySink>(Request&)> open_sink = {};
  std::uint64_t body_max = 0;  ///< bytes; 0 where no body is expected
  Lane lane = Lane::quick;
};

/// What was found for a method and a path.
struct RouteMatch {
  const Route* route = nullptr;
  NameValues params;
  bool path_known = false;  ///< other methods have this path
  std::string allow;        ///< those methods, for the field Allow
};

class RouteTable {
 public:
  RouteTable();
  RouteTable(RouteTable&&) noexcept;
  RouteTable& operator=(RouteTable&&) noexcept;
  ~RouteTable();

  void add(Route route);
  /// Throws internal if a route has no Action, no handler or two, or if two routes answer the same request.
  void check() const;

  /// `path` is the raw path, without query. HEAD finds the GET route. Segments are decoded one by one, so an escaped
  /// slash does not part them; a segment that is ".", "..", empty or not decodable matches nothing.
  RouteMatch find(Method method, std::string_view path) const;

  const std::vector<Route>& routes() const { return m_routes; }

 private:
  struct Node;
  std::vector<Route> m_routes;
  std::unique_ptr<Node> m_root;
};

}  // namespace menpai::http
