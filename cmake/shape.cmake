# The shapes of ideographs (src/address/text/shape_table.hpp), made from Debian's copy of the Unihan database.
find_file(UNIHAN_DICTIONARIES Unihan_DictionaryLikeData.txt.bz2 PATHS /usr/share/unicode NO_DEFAULT_PATH)
if(NOT UNIHAN_DICTIONARIES)
  message(FATAL_ERROR "Unihan_DictionaryLikeData.txt.bz2 is missing: run bin/setup, or install the package unicode-data.")
endif()
set(shape_data ${CMAKE_BINARY_DIR}/generated/shape_data.cpp)
set(shape_script ${CMAKE_SOURCE_DIR}/cmake/shape_table.awk)
# Written beside and moved, so that a broken pipe leaves no half table behind.
add_custom_command(OUTPUT ${shape_data}
  COMMAND bash -c "set -o pipefail; bzcat '${UNIHAN_DICTIONARIES}' | LC_ALL=C awk -f '${shape_script}' >'${shape_data}.part'"
  COMMAND ${CMAKE_COMMAND} -E rename ${shape_data}.part ${shape_data}
  DEPENDS ${shape_script} ${UNIHAN_DICTIONARIES} VERBATIM COMMENT "Reading the shapes of ideographs")
target_sources(menpai_address PRIVATE ${shape_data})
