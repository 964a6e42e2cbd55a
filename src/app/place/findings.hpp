// SPDX-License-Identifier: Apache-2.0
// What is found wrong with the names and numbers of the register, computed when asked: docs/*/words.md names the kinds.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/application.hpp"
#include "model/finding.hpp"

namespace menpai::app {

struct FindingQuery {
  FindingKind kind = FindingKind::duplicate_name;
  std::string division = {};  ///< a code; empty: everywhere
  std::string rule = {};      ///< numbering rule; empty: the installation's
  std::string after = {};     ///< `next` of the page before
  int limit = 100;  ///< 1 to 500; of numbers a page holds all findings of its last street, so it may be longer
};
struct FindingPage {
  std::vector<Finding> items;
  std::uint64_t total = 0;  ///< of the kind in the division; counted for the first page, else 0
  std::string next;         ///< empty at the end
};
/// Throws bad_request for a limit, code, rule or mark that is none.
FindingPage list_findings(Application& app, const Caller& caller, const FindingQuery& query);

/// How many there are of one kind.
struct FindingCount {
  FindingKind kind;
  std::uint64_t count = 0;
};
/// Of every kind, in their order. Walks the numbers of all streets: a second for some hundred thousand.
std::vector<FindingCount> count_findings(Application& app, const Caller& caller, const std::string& division,
                                         const std::string& rule);

}  // namespace menpai::app
