# The List of Standard Chinese Characters (src/spine/standard_characters.hpp), made from Debian's copy of the Unihan
# database.
find_file(UNIHAN_MAPPINGS Unihan_OtherMappings.txt.bz2 PATHS /usr/share/unicode NO_DEFAULT_PATH)
if(NOT UNIHAN_MAPPINGS)
  message(FATAL_ERROR "Unihan_OtherMappings.txt.bz2 is missing: run bin/setup, or install the package unicode-data.")
endif()
set(character_data ${CMAKE_BINARY_DIR}/generated/standard_character_data.cpp)
set(character_script ${CMAKE_SOURCE_DIR}/cmake/standard_characters.awk)
# Written beside and moved, so that a broken pipe leaves no half table behind.
add_custom_command(OUTPUT ${character_data}
  COMMAND bash -c "set -o pipefail; bzcat '${UNIHAN_MAPPINGS}' | LC_ALL=C awk -f '${character_script}' >'${character_data}.part'"
  COMMAND ${CMAKE_COMMAND} -E rename ${character_data}.part ${character_data}
  DEPENDS ${character_script} ${UNIHAN_MAPPINGS} VERBATIM COMMENT "Reading the list of standard characters")
target_sources(menpai_spine PRIVATE ${character_data})
