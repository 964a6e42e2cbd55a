// SPDX-License-Identifier: Apache-2.0
// As much of C++ as the rules need to see: what is code, what is a string, where functions begin and end.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace menpai::tidy {

struct StringLiteral {
  std::size_t line = 0;  ///< 1 is the first
  std::string text;      ///< as written, escapes not resolved
};

struct CppSource {
  std::string code;  ///< the text with comments and the insides of strings blanked; same length, same lines
  std::vector<StringLiteral> strings;
};
CppSource read_cpp(std::string_view text);

struct Include {
  std::size_t line = 0;
  std::string target;   ///< what stands between the quotes or angle brackets
  bool quoted = false;  ///< "…" rather than <…>
};
std::vector<Include> find_includes(std::string_view text);

struct Function {
  std::string head;  ///< what stands before the brace, on one line
  std::size_t first_line = 0;
  std::size_t line_count = 0;  ///< from the head's first line to the closing brace
};
/// The bodies of functions and lambdas that stand outside any other function. A heuristic over braces: it knows
/// namespaces, types, initialisers and control statements; it does not know macros that open braces.
std::vector<Function> find_functions(std::string_view code);

struct Enumeration {
  std::string name;
  std::vector<std::string> names;
};
/// Every `enum class`, with its enumerators in order.
std::vector<Enumeration> find_enumerations(std::string_view code);

}  // namespace menpai::tidy
