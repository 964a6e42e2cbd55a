# libFuzzer targets over the libraries that read what strangers send: texts, library files, tables. With MENPAI_FUZZ the
# build consists of those libraries alone; it needs clang (preset "fuzz").
#   tests/fuzz/x_fuzz.cpp   the program x_fuzz, and the test fuzz.x: a short run over the seeds (ctest label fuzz)
#   tests/fuzz/seeds.cpp    writes the seed corpora
set(MENPAI_FUZZ_SECONDS 3 CACHE STRING "How long each target runs as a test")
if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  message(FATAL_ERROR "Fuzzing needs clang: cmake --preset fuzz")
endif()
target_compile_options(menpai_warnings INTERFACE -Wno-error)  # what is an error is decided by the other compiler
set(fuzz_flags -fno-sanitize-recover=all -fno-omit-frame-pointer)
foreach(module base geo model address intake)
  target_compile_options(menpai_${module} PRIVATE -fsanitize=fuzzer-no-link,address,undefined ${fuzz_flags})
endforeach()

set(folder ${CMAKE_SOURCE_DIR}/tests/fuzz)
# Tables of 65,537 steps are checked in each run: comparisons that tell the fuzzer nothing and cost it most of its time.
foreach(file name_table gram_index tree)
  set_source_files_properties(${CMAKE_SOURCE_DIR}/src/address/library/${file}.cpp PROPERTIES
    COMPILE_OPTIONS -fsanitize-coverage-ignorelist=${folder}/uncounted.txt)
endforeach()
file(GLOB fuzzers CONFIGURE_DEPENDS ${folder}/*_fuzz.cpp)
add_executable(fuzz_seeds ${folder}/seeds.cpp)
target_link_libraries(fuzz_seeds PRIVATE menpai_address menpai_intake)
target_link_options(fuzz_seeds PRIVATE -fsanitize=fuzzer-no-link,address,undefined)
set(seeds ${CMAKE_BINARY_DIR}/fuzz_seeds_made)
add_custom_command(OUTPUT ${seeds}/made COMMAND fuzz_seeds ${seeds} COMMAND ${CMAKE_COMMAND} -E touch ${seeds}/made
  DEPENDS fuzz_seeds COMMENT "Writing the seeds of the fuzzers")
add_custom_target(fuzzers ALL DEPENDS ${seeds}/made)
foreach(path IN LISTS fuzzers)
  get_filename_component(target ${path} NAME_WE)
  string(REPLACE "_fuzz" "" name ${target})
  add_executable(${target} ${path})
  target_compile_options(${target} PRIVATE -fsanitize=fuzzer,address,undefined ${fuzz_flags})
  target_link_options(${target} PRIVATE -fsanitize=fuzzer,address,undefined)
  target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  target_link_libraries(${target} PRIVATE menpai_address menpai_intake)
  add_dependencies(fuzzers ${target})
  # What is found new lands in a folder of its own; an input that breaks something is written beside it.
  set(found ${CMAKE_BINARY_DIR}/found/${name})
  file(MAKE_DIRECTORY ${found})
  add_test(NAME fuzz.${name} COMMAND ${target} -max_total_time=${MENPAI_FUZZ_SECONDS} -timeout=120 -rss_limit_mb=3072
    -max_len=4096 -entropic=0 -print_final_stats=1 -artifact_prefix=${found}/ ${found} ${seeds}/${name})
  set_tests_properties(fuzz.${name} PROPERTIES LABELS fuzz)
endforeach()
