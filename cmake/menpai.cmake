# One function builds a folder: its library, its tests and its benchmarks, told apart by the file's suffix.
#   x.cpp         the library menpai_<name>
#   x_test.cpp    <name>_test     needs nothing          (ctest label unit)
#   x_pgtest.cpp  <name>_pgtest   needs PostgreSQL       (ctest label db); tests/support gives it a cluster
#   x_bench.cpp   <name>_bench    Google Benchmark       (not a test)
include(GoogleTest)

set(MENPAI_SANITIZE "" CACHE STRING "Sanitizers to build with, for example address,undefined")

add_library(menpai_warnings INTERFACE)
target_compile_options(menpai_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Wold-style-cast
  -Wcast-qual -Woverloaded-virtual -Wnull-dereference -Wimplicit-fallthrough -Werror)
# GCC 12 reports false positives of these in the standard library when optimising.
target_compile_options(menpai_warnings INTERFACE
  -Wno-error=null-dereference -Wno-error=maybe-uninitialized -Wno-error=stringop-overflow -Wno-error=array-bounds
  -Wno-error=restrict -Wno-error=stringop-overread -Wno-error=dangling-pointer)

if(MENPAI_SANITIZE)
  add_compile_options(-fsanitize=${MENPAI_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${MENPAI_SANITIZE})
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Debug")
  add_compile_options(-O1 -g1)
endif()
find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

# The statements of sql/ as constants: the library menpai_sql, included as "store/queries.hpp".
function(menpai_embed_sql)
  set(out ${CMAKE_BINARY_DIR}/generated)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/sql/*.sql)
  set(script ${CMAKE_SOURCE_DIR}/cmake/embed_sql.cmake)
  # The source is the output that ninja watches; the header keeps its time while the names stay the same.
  add_custom_command(OUTPUT ${out}/store/queries.cpp BYPRODUCTS ${out}/store/queries.hpp
    COMMAND ${CMAKE_COMMAND} -DSQL=${CMAKE_SOURCE_DIR}/sql -DOUT=${out} -P ${script}
    DEPENDS ${files} ${script} COMMENT "Embedding sql/")
  add_library(menpai_sql STATIC ${out}/store/queries.cpp)
  target_include_directories(menpai_sql PUBLIC ${out} ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(menpai_sql PRIVATE menpai_warnings)
endfunction()

function(menpai_module name)
  cmake_parse_arguments(arg "" "" "LINKS" ${ARGN})
  set(folder ${CMAKE_SOURCE_DIR}/src/${name})
  file(GLOB_RECURSE all CONFIGURE_DEPENDS ${folder}/*.cpp)
  set(tests ${all})
  set(pgtests ${all})
  set(benches ${all})
  set(sources ${all})
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  list(FILTER pgtests INCLUDE REGEX "_pgtest\\.cpp$")
  list(FILTER benches INCLUDE REGEX "_bench\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "_(test|pgtest|bench)\\.cpp$")

  if(sources)
    add_library(menpai_${name} STATIC ${sources})
    target_include_directories(menpai_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
    target_link_libraries(menpai_${name} PUBLIC ${arg_LINKS} PRIVATE menpai_warnings)
  else()
    add_library(menpai_${name} INTERFACE)
    target_include_directories(menpai_${name} INTERFACE ${CMAKE_SOURCE_DIR}/src)
    target_link_libraries(menpai_${name} INTERFACE ${arg_LINKS})
  endif()

  foreach(kind test pgtest)
    if(${kind}s)
      add_executable(${name}_${kind} ${${kind}s})
      if(kind STREQUAL pgtest)
        target_link_libraries(${name}_pgtest PRIVATE menpai_test_support)
      endif()
      target_link_libraries(${name}_${kind} PRIVATE menpai_${name} menpai_warnings GTest::gtest_main GTest::gmock)
      target_compile_definitions(${name}_${kind} PRIVATE MENPAI_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
                                                         MENPAI_BINARY_DIR="${CMAKE_BINARY_DIR}")
      # What is tested is optimised as a user gets it; the tests' own text need not be, and compiles faster so.
      target_compile_options(${name}_${kind} PRIVATE $<$<CONFIG:Release>:-O1>)
      if(kind STREQUAL pgtest)
        # One process for all tests of the program, so that they share one throw-away cluster.
        add_test(NAME ${name}_pgtest COMMAND ${name}_pgtest)
        set_tests_properties(${name}_pgtest PROPERTIES LABELS db)
      else()
        gtest_discover_tests(${name}_test DISCOVERY_MODE PRE_TEST PROPERTIES LABELS unit)
      endif()
    endif()
  endforeach()
  if(benches)
    add_executable(${name}_bench ${benches})
    target_link_libraries(${name}_bench PRIVATE menpai_${name} menpai_warnings benchmark::benchmark_main)
  endif()
endfunction()
