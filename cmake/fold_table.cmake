# The table of characters as texts are compared (src/address/text/fold_data.hpp). OpenCC and utf8proc are needed here only.
add_executable(menpai_fold_table ${CMAKE_SOURCE_DIR}/cmake/fold_table.cpp ${CMAKE_SOURCE_DIR}/src/base/utf8.cpp)
target_link_libraries(menpai_fold_table PRIVATE menpai_warnings PkgConfig::utf8proc PkgConfig::opencc)
target_include_directories(menpai_fold_table PRIVATE ${CMAKE_SOURCE_DIR}/src)
set(fold_data ${CMAKE_BINARY_DIR}/generated/fold_data.cpp)
add_custom_command(OUTPUT ${fold_data}
  COMMAND bash -c "$<TARGET_FILE:menpai_fold_table> >'${fold_data}.part'"
  COMMAND ${CMAKE_COMMAND} -E rename ${fold_data}.part ${fold_data}
  DEPENDS menpai_fold_table VERBATIM COMMENT "Making the table of characters")
target_sources(menpai_address PRIVATE ${fold_data})
