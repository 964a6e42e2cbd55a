// SPDX-License-Identifier: Apache-2.0
// The small reader of C++ that the rules stand on.
#include "tests/tidy/cpp_source.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace menpai::tidy {
namespace {

using testing::ElementsAre;

TEST(CppSource, comments_and_the_insides_of_strings_are_blanked_and_lines_stay) {
  const CppSource source = read_cpp("a /* b\nc */ d // e\nf(\"g // h\", 'i', 1'000) R\"x(j\n\")x\" k");
  EXPECT_EQ(source.code, "a     \n     d     \nf(\"      \", ' ', 1'000) R\"   \n     k");
}

TEST(CppSource, strings_are_given_with_their_line) {
  const CppSource source = read_cpp("\n\"one\\\"\" R\"sql(two\nlines)sql\"\n// \"none\"\n\"three\"");
  ASSERT_EQ(source.strings.size(), 3);
  EXPECT_EQ(source.strings[0].text, "one\\\"");
  EXPECT_EQ(source.strings[0].line, 2);
  EXPECT_EQ(source.strings[1].text, "two\nlines");
  EXPECT_EQ(source.strings[2].line, 5);
}

TEST(CppSource, includes_are_found_in_both_forms) {
  const auto includes = find_includes("// x\n#include <a/b.h>\n#  include \"c.hpp\"\n");
  ASSERT_EQ(includes.size(), 2);
  EXPECT_EQ(includes[0].target, "a/b.h");
  EXPECT_FALSE(includes[0].quoted);
  EXPECT_EQ(includes[1].line, 3);
  EXPECT_TRUE(includes[1].quoted);
}

std::vector<std::size_t> lengths(std::string_view text) {
  std::vector<std::size_t> out;
  for (const Function& function : find_functions(read_cpp(text).code)) out.push_back(function.line_count);
  return out;
}

TEST(CppSource, a_function_reaches_from_its_head_to_its_closing_brace) {
  EXPECT_THAT(lengths("int f() { return 1; }\n"), ElementsAre(1));
  EXPECT_THAT(
      lengths("namespace a {\n\nint f(int b,\n      int c) {\n  if (b) {\n    return c;\n  }\n  return 0;\n}\n}\n"),
      ElementsAre(7));
}

TEST(CppSource, methods_constructors_and_tests_are_functions) {
  EXPECT_THAT(
      lengths("class A {\n public:\n  A(int b) : m_b(b) {\n  }\n  int b() const { return m_b; }\n  int m_b = 0;\n};\n"),
      ElementsAre(2, 1));
  EXPECT_THAT(lengths("TEST(A, b) {\n  EXPECT_TRUE(true);\n}\n"), ElementsAre(3));
  EXPECT_THAT(lengths("auto f = [](int a) {\n  return a;\n};\n"), ElementsAre(3));
}

TEST(CppSource, types_tables_and_declarations_are_not_functions) {
  EXPECT_THAT(lengths("struct A {\n  int b = f(1);\n};\n"), ElementsAre());
  EXPECT_THAT(lengths("constexpr int table[] = {\n  1,\n  2,\n};\nint f(int a);\n"), ElementsAre());
  EXPECT_THAT(lengths("const std::vector<Row> rows = {\n  {\"a(b)\", 1},\n  {\"c\", g(2)},\n};\n"), ElementsAre());
  EXPECT_THAT(lengths("enum class E : int {\n  a,\n};\nextern \"C\" {\nint g();\n}\n"), ElementsAre());
}

TEST(CppSource, macros_do_not_upset_the_count) {
  EXPECT_THAT(lengths("#define A(x) \\\n  if (x) {  \\\n    y\nint f() {\n}\n"), ElementsAre(2));
}

TEST(CppSource, enumerators_come_in_their_order) {
  const auto found = find_enumerations(read_cpp("enum class E : int {\n  a,  ///< one, two\n  b = 4,\n  c\n};").code);
  ASSERT_EQ(found.size(), 1);
  EXPECT_EQ(found[0].name, "E");
  EXPECT_THAT(found[0].names, ElementsAre("a", "b", "c"));
}

}  // namespace
}  // namespace menpai::tidy
