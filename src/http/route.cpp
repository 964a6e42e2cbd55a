// SPDX-License-Identifier: Apache-2.0
// Patterns form a tree of segments; a fixed segment wins over a parameter, a parameter over the catch-all.
#include "http/route.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace menpai::http {
namespace {

struct Parameter {
  std::string name;
  std::string suffix;  ///< ".mvt" in "{y}.mvt"
};

bool is_parameter(std::string_view segment) {
  return segment.starts_with('{');
}

Parameter parse_parameter(std::string_view segment) {
  const std::size_t end = segment.find('}');
  MENPAI_ASSERT(end != std::string_view::npos && end > 1, "a route's parameter has no name or no end");
  return {std::string(segment.substr(1, end - 1)), std::string(segment.substr(end + 1))};
}

std::vector<std::string_view> split_path(std::string_view path) {
  std::vector<std::string_view> segments;
  if (path.starts_with('/')) path.remove_prefix(1);
  while (true) {
    const std::size_t end = path.find('/');
    segments.push_back(path.substr(0, end));
    if (end == std::string_view::npos) return segments;
    path.remove_prefix(end + 1);
  }
}

constexpr std::array<Method, 4> routed_methods = {Method::get, Method::post, Method::put, Method::del};

}  // namespace

/// One segment. Keys of `children` are fixed segments, or "{}" and the suffix for a parameter.
struct RouteTable::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> children;
  std::map<Method, std::size_t> route;  ///< index into m_routes
  std::map<Method, std::size_t> catch_all;
  std::vector<std::size_t> collisions;

  struct Found {
    const Node* node = nullptr;
    bool by_catch_all = false;
  };
  Found find(const std::vector<std::string>& segments, std::size_t at) const;
};

RouteTable::RouteTable() : m_root(std::make_unique<Node>()) {}
RouteTable::RouteTable(RouteTable&&) noexcept = default;
RouteTable& RouteTable::operator=(RouteTable&&) noexcept = default;
RouteTable::~RouteTable() = default;

void RouteTable::add(Route route) {
  Node* node = m_root.get();
  bool catch_all = false;
  for (const std::string_view segment : split_path(route.pattern)) {
    if (segment == "{*}") {
      catch_all = true;
      break;
    }
    const std::string key = is_parameter(segment) ? "{}" + parse_parameter(segment).suffix : std::string(segment);
    std::unique_ptr<Node>& child = node->children[key];
    if (!child) child = std::make_unique<Node>();
    node = child.get();
  }
  auto& place = catch_all ? node->catch_all : node->route;
  if (!place.emplace(route.method, m_routes.size()).second) node->collisions.push_back(m_routes.size());
  m_routes.push_back(std::move(route));
}

void RouteTable::check() const {
  const auto fail = [](const Route& route, const std::string& what) {
    throw Error(ErrorCode::internal, "Route " + std::string(method_name(route.method)) + " " + route.pattern + what);
  };
  for (const Route& route : m_routes) {
    if (!route.action) fail(route, " does not declare who may call it.");
    if (static_cast<bool>(route.handle) == static_cast<bool>(route.open_sink)) {
      fail(route, " must have exactly one handler.");
    }
    if (std::find(routed_methods.begin(), routed_methods.end(), route.method) == routed_methods.end()) {
      fail(route, " has a method that is not routed.");
    }
  }
  std::vector<const Node*> open = {m_root.get()};
  while (!open.empty()) {
    const Node* node = open.back();
    open.pop_back();
    if (!node->collisions.empty()) fail(m_routes[node->collisions.front()], " collides with another route.");
    for (const auto& [key, child] : node->children) open.push_back(child.get());
  }
}

RouteTable::Node::Found RouteTable::Node::find(const std::vector<std::string>& segments, std::size_t at) const {
  if (at == segments.size()) return {route.empty() ? nullptr : this, false};
  const std::string& segment = segments[at];
  if (const auto child = children.find(segment); child != children.end() && !segment.starts_with("{}")) {
    if (const Found found = child->second->find(segments, at + 1); found.node) return found;
  }
  for (auto child = children.lower_bound("{}"); child != children.end() && child->first.starts_with("{}"); ++child) {
    const std::string_view suffix = std::string_view(child->first).substr(2);
    if (segment.size() <= suffix.size() || !std::string_view(segment).ends_with(suffix)) continue;
    if (const Found found = child->second->find(segments, at + 1); found.node) return found;
  }
  return {catch_all.empty() ? nullptr : this, true};
}

RouteMatch RouteTable::find(Method method, std::string_view path) const {
  RouteMatch match;
  std::vector<std::string> segments;
  for (const std::string_view raw : split_path(path)) {
    auto segment = decode_percent(raw, false);
    if (!segment || *segment == "." || *segment == "..") return match;
    segments.push_back(std::move(*segment));
  }
  const Node::Found found = m_root->find(segments, 0);
  if (!found.node) return match;
  match.path_known = true;
  const auto& by_method = found.by_catch_all ? found.node->catch_all : found.node->route;
  for (const auto& [known, index] : by_method) {
    if (!match.allow.empty()) match.allow += ", ";
    match.allow += known == Method::get ? "GET, HEAD" : method_name(known);
  }
  const auto entry = by_method.find(method == Method::head ? Method::get : method);
  if (entry == by_method.end()) return match;
  match.route = &m_routes[entry->second];

  std::size_t at = 0;
  for (const std::string_view pattern : split_path(match.route->pattern)) {
    if (pattern == "{*}") {
      std::string rest;
      for (std::size_t i = at; i < segments.size(); ++i) rest += (i > at ? "/" : "") + segments[i];
      match.params.emplace_back("*", std::move(rest));
      break;
    }
    if (is_parameter(pattern)) {
      Parameter parameter = parse_parameter(pattern);
      const std::string& segment = segments[at];
      match.params.emplace_back(std::move(parameter.name), segment.substr(0, segment.size() - parameter.suffix.size()));
    }
    ++at;
  }
  return match;
}

}  // namespace menpai::http
