# The readings of ideographs (src/address/text/pinyin_table.hpp), made from Debian's copy of the Unihan database.
find_file(UNIHAN_READINGS Unihan_Readings.txt.bz2 PATHS /usr/share/unicode NO_DEFAULT_PATH)
if(NOT UNIHAN_READINGS)
  message(FATAL_ERROR "Unihan_Readings.txt.bz2 is missing: run bin/setup, or install the package unicode-data.")
endif()
set(pinyin_data ${CMAKE_BINARY_DIR}/generated/pinyin_data.cpp)
set(pinyin_script ${CMAKE_SOURCE_DIR}/cmake/pinyin_table.awk)
# Written beside and moved, so that a broken pipe leaves no half table behind.
add_custom_command(OUTPUT ${pinyin_data}
  COMMAND bash -c "set -o pipefail; bzcat '${UNIHAN_READINGS}' | LC_ALL=C awk -f '${pinyin_script}' >'${pinyin_data}.part'"
  COMMAND ${CMAKE_COMMAND} -E rename ${pinyin_data}.part ${pinyin_data}
  DEPENDS ${pinyin_script} ${UNIHAN_READINGS} VERBATIM COMMENT "Reading the pinyin of ideographs")
target_sources(menpai_address PRIVATE ${pinyin_data})
