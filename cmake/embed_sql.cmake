# Turns sql/ into C++: one constant a file, so that a query with a wrong name does not compile and the binary needs no
# files beside it. Run as: cmake -DSQL=<sql folder> -DOUT=<folder> -P embed_sql.cmake
#   sql/queries/<area>/<name>.sql → menpai::store::query::<area>::<name>
#   sql/migrations/NNNN_name.sql  → menpai::store::migration_files, in order
#   sql/functions/*.sql           → menpai::store::function_files
set(header "// SPDX-License-Identifier: Apache-2.0\n// Generated from sql/: every statement by its name.\n#pragma once\n\n#include <span>\n\n#include \"store/query.hpp\"\n\nnamespace menpai::store {\n\nextern const std::span<const Query> migration_files;\nextern const std::span<const Query> function_files;\n/// Every query of sql/queries, for the checks.\nextern const std::span<const Query* const> all_queries;\n\nnamespace query {\n")
set(source "// SPDX-License-Identifier: Apache-2.0\n// Generated from sql/: every statement by its name.\n#include \"store/queries.hpp\"\n\nnamespace menpai::store {\nnamespace query {\n")
set(names "")

file(GLOB queries ${SQL}/queries/*/*.sql)
list(SORT queries)
foreach(path IN LISTS queries)
  get_filename_component(name ${path} NAME_WE)
  get_filename_component(folder ${path} DIRECTORY)
  get_filename_component(area ${folder} NAME)
  file(READ ${path} text)
  string(APPEND header "namespace ${area} {\nextern const Query ${name};\n}\n")
  string(APPEND source "namespace ${area} {\nconst Query ${name}{\"${area}.${name}\", R\"menpai_sql(${text})menpai_sql\"};\n}\n")
  string(APPEND names "    &query::${area}::${name},\n")
endforeach()
string(APPEND header "}  // namespace query\n\n}  // namespace menpai::store\n")
string(APPEND source "}  // namespace query\n\nnamespace {\nconst Query* const queries[] = {\n${names}};\n")

foreach(kind migration function)
  file(GLOB files ${SQL}/${kind}s/*.sql)
  list(SORT files)
  string(APPEND source "const Query ${kind}s[] = {\n")
  foreach(path IN LISTS files)
    get_filename_component(name ${path} NAME_WE)
    file(READ ${path} text)
    string(APPEND source "    {\"${name}\", R\"menpai_sql(${text})menpai_sql\"},\n")
  endforeach()
  string(APPEND source "};\n")
endforeach()
string(APPEND source "}  // namespace\n\nconst std::span<const Query* const> all_queries{queries};\nconst std::span<const Query> migration_files{migrations};\nconst std::span<const Query> function_files{functions};\n\n}  // namespace menpai::store\n")

file(CONFIGURE OUTPUT ${OUT}/store/queries.hpp CONTENT "${header}" @ONLY)
file(WRITE ${OUT}/store/queries.cpp "${source}")
