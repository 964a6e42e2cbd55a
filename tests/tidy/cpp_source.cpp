// SPDX-License-Identifier: Apache-2.0
// A lexer of one pass, and brace counting on what it leaves.
#include "tests/tidy/cpp_source.hpp"

#include <algorithm>
#include <cctype>
#include <regex>

namespace menpai::tidy {
namespace {

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// Blanks comments and strings, one construct a call.
class Lexer {
 public:
  explicit Lexer(std::string_view text) : m_text(text) { m_source.code = std::string(text); }

  CppSource run() {
    while (m_pos < m_text.size()) step();
    return std::move(m_source);
  }

 private:
  bool at(std::string_view what) const { return m_text.substr(m_pos).starts_with(what); }
  char before() const { return m_pos == 0 ? ' ' : m_text[m_pos - 1]; }

  void step() {
    if (at("//")) {
      blank_to(std::min(m_text.find('\n', m_pos), m_text.size()));
    } else if (at("/*")) {
      const std::size_t end = m_text.find("*/", m_pos + 2);
      blank_to(end == std::string_view::npos ? m_text.size() : end + 2);
    } else if (at("R\"")) {
      raw_string();
    } else if (at("\"")) {
      quoted('"');
    } else if (at("'") && !is_word(before())) {  // 1'000 is a number; u'x' is rare enough to lose
      quoted('\'');
    } else {
      advance();
    }
  }

  void advance() {
    if (m_text[m_pos] == '\n') ++m_line;
    ++m_pos;
  }

  void blank_to(std::size_t end) {
    while (m_pos < end) {
      if (m_text[m_pos] != '\n') m_source.code[m_pos] = ' ';
      advance();
    }
  }

  void quoted(char quote) {
    std::size_t end = m_pos + 1;
    while (end < m_text.size() && m_text[end] != quote && m_text[end] != '\n') end += m_text[end] == '\\' ? 2 : 1;
    end = std::min(end, m_text.size());
    if (quote == '"') m_source.strings.push_back({m_line, std::string(m_text.substr(m_pos + 1, end - m_pos - 1))});
    advance();
    blank_to(end);
    if (m_pos < m_text.size()) advance();
  }

  void raw_string() {
    const std::size_t open = m_text.find('(', m_pos);
    if (open == std::string_view::npos) return blank_to(m_text.size());
    const std::string closing = ")" + std::string(m_text.substr(m_pos + 2, open - m_pos - 2)) + "\"";
    const std::size_t end = std::min(m_text.find(closing, open), m_text.size());
    m_source.strings.push_back({m_line, std::string(m_text.substr(open + 1, end - open - 1))});
    m_pos += 2;
    blank_to(std::min(end + closing.size(), m_text.size()));
  }

  std::string_view m_text;
  std::size_t m_pos = 0;
  std::size_t m_line = 1;
  CppSource m_source;
};

bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t pos = text.find(word); pos != std::string_view::npos; pos = text.find(word, pos + 1)) {
    const bool begins = pos == 0 || !is_word(text[pos - 1]);
    const bool ends = pos + word.size() == text.size() || !is_word(text[pos + word.size()]);
    if (begins && ends) return true;
  }
  return false;
}

/// What a brace after `head` opens, if no function is open.
bool opens_function(std::string_view head) {
  const bool lambda = head.find(']') != std::string_view::npos && head.ends_with(')') && head.find('=') != head.npos;
  if (lambda) return true;
  if (head.find('(') == std::string_view::npos) return false;
  if (head.ends_with('=') || head.ends_with(',') || head.ends_with('(')) return false;
  if (has_word(head, "namespace") || has_word(head, "enum")) return false;
  const bool type = has_word(head, "struct") || has_word(head, "class") || has_word(head, "union");
  return !type || head.find(')') != std::string_view::npos;
}

std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = std::isspace(static_cast<unsigned char>(c)) != 0;
    if (!blank) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

/// The code without preprocessor lines, whose braces need not balance.
std::string without_directives(std::string_view code) {
  std::string out(code);
  bool line_start = true, directive = false;
  for (std::size_t pos = 0; pos < out.size(); ++pos) {
    if (out[pos] == '\n') {
      if (!directive || pos == 0 || code[pos - 1] != '\\') directive = false;
      line_start = true;
      continue;
    }
    if (line_start && out[pos] == '#') directive = true;
    if (out[pos] != ' ') line_start = false;
    if (directive) out[pos] = ' ';
  }
  return out;
}

/// Walks over braces; a function's inner braces are only counted.
class FunctionFinder {
 public:
  explicit FunctionFinder(std::string code) : m_code(std::move(code)) {}

  std::vector<Function> run() {
    for (std::size_t pos = 0; pos < m_code.size(); ++pos) {
      const char c = m_code[pos];
      if (c == '\n') ++m_line;
      if (c == '(') ++m_parens;
      if (c == ')' && m_parens > 0) --m_parens;
      if (c == '{') open(pos);
      if (c == '}') close(pos);
      if (c == ':' && m_function_depth == 0 && is_access_label(pos)) begin_head(pos + 1);
      if (c == ';' && m_function_depth == 0 && m_parens == 0) begin_head(pos + 1);
    }
    return std::move(m_found);
  }

 private:
  void begin_head(std::size_t pos) { m_head_start = pos; }

  bool is_access_label(std::size_t pos) const {
    const std::string head = one_line(std::string_view(m_code).substr(m_head_start, pos - m_head_start));
    return head == "public" || head == "private" || head == "protected";
  }

  void open(std::size_t pos) {
    ++m_depth;
    if (m_function_depth != 0) return;
    const std::string head = one_line(std::string_view(m_code).substr(m_head_start, pos - m_head_start));
    if (opens_function(head)) {
      m_function_depth = m_depth;
      m_found.push_back({head, m_line - head_lines(pos), 0});
    } else if (!head.ends_with('=') && !head.ends_with('(') && !head.ends_with(',')) {
      begin_head(pos + 1);
    }
  }

  void close(std::size_t pos) {
    if (m_function_depth == m_depth && m_depth > 0) {
      Function& function = m_found.back();
      function.line_count = m_line - function.first_line + 1;
      m_function_depth = 0;
    }
    if (m_depth > 0) --m_depth;
    if (m_function_depth == 0) begin_head(pos + 1);
  }

  /// Lines from the head's first word to the brace.
  std::size_t head_lines(std::size_t brace) const {
    std::size_t start = m_head_start;
    while (start < brace && std::isspace(static_cast<unsigned char>(m_code[start])) != 0) ++start;
    return static_cast<std::size_t>(std::count(m_code.begin() + static_cast<std::ptrdiff_t>(start),
                                               m_code.begin() + static_cast<std::ptrdiff_t>(brace), '\n'));
  }

  std::string m_code;
  std::vector<Function> m_found;
  std::size_t m_line = 1;
  std::size_t m_head_start = 0;
  std::size_t m_parens = 0;
  std::size_t m_depth = 0;
  std::size_t m_function_depth = 0;  ///< depth of the open function's body, 0 if none is open
};

}  // namespace

CppSource read_cpp(std::string_view text) {
  return Lexer(text).run();
}

std::vector<Include> find_includes(std::string_view text) {
  static const std::regex form(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])");
  std::vector<Include> includes;
  std::size_t number = 0;
  while (!text.empty()) {
    ++number;
    const std::size_t end = text.find('\n');
    const std::string line(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    std::smatch match;
    if (std::regex_search(line, match, form)) includes.push_back({number, match[2], match[1] == "\""});
  }
  return includes;
}

std::vector<Function> find_functions(std::string_view code) {
  return FunctionFinder(without_directives(code)).run();
}

std::vector<Enumeration> find_enumerations(std::string_view code) {
  static const std::regex form(R"(enum\s+class\s+(\w+)[^{;]*\{([^}]*)\})");
  static const std::regex enumerator(R"((\w+)\s*(=[^,]*)?(,|$))");
  std::vector<Enumeration> found;
  const std::string text(code);
  for (std::sregex_iterator at(text.begin(), text.end(), form), end; at != end; ++at) {
    Enumeration one{(*at)[1], {}};
    const std::string body = one_line(std::string((*at)[2]));
    for (std::sregex_iterator name(body.begin(), body.end(), enumerator); name != end; ++name) {
      one.names.push_back((*name)[1]);
    }
    found.push_back(std::move(one));
  }
  return found;
}

}  // namespace menpai::tidy
