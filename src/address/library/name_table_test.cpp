// SPDX-License-Identifier: Apache-2.0
// Names are found as written and with one error, but never with another number or direction.
#include "address/library/name_table.hpp"

#include <gtest/gtest.h>

#include "address/test_library.hpp"
#include "address/text/name_likeness.hpp"
#include "base/utf8.hpp"

namespace menpai::address {
namespace {

TEST(OneErrorApart, KnowsTheFourErrors) {
  EXPECT_TRUE(one_error_apart(U"锦绣花园", U"锦秀花园"));
  EXPECT_TRUE(one_error_apart(U"锦绣花园", U"锦花园"));
  EXPECT_TRUE(one_error_apart(U"锦绣花园", U"锦绣绣花园"));
  EXPECT_TRUE(one_error_apart(U"锦绣花园", U"绣锦花园"));
  EXPECT_FALSE(one_error_apart(U"锦绣花园", U"锦绣花园"));
  EXPECT_FALSE(one_error_apart(U"锦绣花园", U"云岭花园"));
}

TEST(OneErrorApart, NeverBendsANumberOrADirection) {
  EXPECT_FALSE(one_error_apart(U"星海1路", U"星海2路"));
  EXPECT_FALSE(one_error_apart(U"星海路", U"星海1路"));
  EXPECT_FALSE(one_error_apart(U"星海东路", U"星海西路"));
  EXPECT_FALSE(one_error_apart(U"星海路", U"星海中路"));
  EXPECT_FALSE(one_error_apart(U"A区", U"B区"));
  EXPECT_TRUE(one_error_apart(U"星西花园", U"星溪花园")) << "the sound of a direction is none";
}

TEST(NameContrast, TellsNumbersAndDirectionsFromTypingErrors) {
  struct Row {
    const char32_t* a;
    const char32_t* b;
    NameContrast contrast;
  };
  for (const Row& row : std::initializer_list<Row>{
           {U"欣围5街", U"欣围7街", NameContrast::conflicting},
           {U"第1工业区", U"第3工业区", NameContrast::conflicting},
           {U"3巷", U"5巷", NameContrast::conflicting},
           {U"星海5巷", U"星海15巷", NameContrast::conflicting},
           {U"星海A区", U"星海B区", NameContrast::conflicting},
           {U"云岭东路", U"云岭西路", NameContrast::conflicting},
           {U"新城老街", U"新城新街", NameContrast::conflicting},
           {U"欣围街", U"欣围10街", NameContrast::one_sided},
           {U"工业区", U"第1工业区", NameContrast::one_sided},
           {U"云岭路", U"云岭东路", NameContrast::one_sided},
           {U"欣围5街", U"新围5街", NameContrast::one_sided},
           {U"云岭花园", U"云领花园", NameContrast::none},
           {U"星海5街", U"星河5街", NameContrast::none},
       }) {
    EXPECT_EQ(name_contrast(row.a, row.b), row.contrast);
    EXPECT_EQ(name_contrast(row.b, row.a), row.contrast);
  }
}

TEST(NameError, TellsWhichErrorItIs) {
  EXPECT_EQ(name_error(U"云领花园", U"云岭花园"), NameError::sound);
  EXPECT_EQ(name_error(U"云今花园", U"云岭花园"), NameError::other);
  EXPECT_EQ(name_error(U"岭云花园", U"云岭花园"), NameError::exchanged);
  EXPECT_EQ(name_error(U"云云岭花园", U"云岭花园"), NameError::doubled);
  EXPECT_EQ(name_error(U"云岭花园园", U"云岭花园"), NameError::doubled);
  EXPECT_EQ(name_error(U"云岭大花园", U"云岭花园"), NameError::other);
  EXPECT_EQ(name_error(U"云花园", U"云岭花园"), NameError::lost);
}

TEST(NameLikeness, GoesFromNothingToAll) {
  EXPECT_DOUBLE_EQ(name_likeness(U"云岭花园", U"云岭花园", true), 1);
  EXPECT_DOUBLE_EQ(name_likeness(U"云岭花园", U"滨江", true), 0);
  EXPECT_DOUBLE_EQ(name_likeness(U"云岭花园", U"云顶花园", true), 0.75);
  EXPECT_DOUBLE_EQ(name_likeness(U"云岭东路", U"云岭西路", true), 0);
  EXPECT_GT(name_likeness(U"云岭东路", U"云岭西路", false), 0.5);
  EXPECT_DOUBLE_EQ(name_likeness(U"", U"云岭", false), 0);
}

TEST(NameTable, FindsNamesByKeyAndWithOneError) {
  const testing::TemporaryFolder folder;
  NameTableBuilder builder;
  const NameId garden = builder.add(U"锦绣花园");
  const NameId lane = builder.add(U"星海二路");
  EXPECT_EQ(builder.add(U"星海2路"), lane);
  for (int i = 0; i < 500; ++i) builder.add(utf8::decode("名" + std::to_string(i) + "巷"));
  LibraryFileWriter writer;
  builder.write(writer);
  writer.write(folder.file("names"));
  const auto file = LibraryFile::open(folder.file("names"));
  const NameTable names(*file);
  EXPECT_EQ(names.find(U"锦绣花园"), garden);
  EXPECT_EQ(names.find(U"星海2路"), lane);
  EXPECT_EQ(names.find(U"锦绣"), no_name);
  std::string text;
  names.append_text(lane, text);
  EXPECT_EQ(text, "星海二路");
  std::vector<NameId> near;
  names.find_near(U"锦秀花园", near);
  EXPECT_EQ(near, std::vector<NameId>{garden});
  near.clear();
  names.find_near(U"星海3路", near);
  EXPECT_TRUE(near.empty());
  near.clear();
  names.find_near(U"锦绣花园", near);
  EXPECT_TRUE(near.empty());
}

}  // namespace
}  // namespace menpai::address
