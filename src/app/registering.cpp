// SPDX-License-Identifier: Apache-2.0
// Writing the spine, through the door; and the library made from it.
#include "app/registering.hpp"

#include <cerrno>
#include <system_error>

#include "address/library/library.hpp"
#include "app/aliases.hpp"
#include "app/door.hpp"
#include "app/import_ledger.hpp"
#include "app/library_files.hpp"
#include "app/parts.hpp"
#include "base/error.hpp"
#include "store/division_store.hpp"
#include "store/queries.hpp"

namespace menpai::app {
namespace {

namespace query = store::query::address;

using RunImport = ImportReport (*)(const ImportContext&, const std::filesystem::path&, const ImportOptions&);

ImportReport run_import(Application& app, const Caller& caller, std::string_view kind,
                        const std::filesystem::path& file, const ImportOptions& options, RunImport run) {
  require(app, caller, Action::import_address, kind);
  std::error_code failed;
  if (!std::filesystem::is_regular_file(file, failed)) {
    throw Error(ErrorCode::not_found, "There is no file " + file.string() +
                                          ". An import needs a file it can read twice, not a pipe or a folder.");
  }
  ImportOptions settled = options;
  if (settled.region.empty()) settled.region = app.settings().region;
  const std::shared_ptr<const address::Library> library = app.parts().library();
  const ImportContext context = {*app.parts().store, *app.parts().keys, library->data().divisions, caller};
  const ImportReport report = run(context, file, settled);
  app.parts().edits->follow();
  return report;
}

}  // namespace

ImportReport import_addresses(Application& app, const Caller& caller, const std::filesystem::path& file,
                              const ImportOptions& options) {
  return run_import(app, caller, "address_list", file, options, run_address_import);
}

ImportReport import_places(Application& app, const Caller& caller, const std::filesystem::path& file,
                           const ImportOptions& options) {
  return run_import(app, caller, "place_list", file, options, run_place_import);
}

ImportReport import_buildings(Application& app, const Caller& caller, const std::filesystem::path& file,
                              const ImportOptions& options) {
  return run_import(app, caller, "building_list", file, options, run_building_import);
}

LibraryReport build_library_from_register(Application& app, const Caller& caller, const std::filesystem::path& file,
                                          const Progress& progress) {
  require(app, caller, Action::build_library, "library");
  LibraryReport report;
  const bool in_use = file.empty();
  report.file = in_use ? app.settings().data_dir / "library.mpl" : file;
  store::Store& store = *app.parts().store;
  std::vector<int> counties;
  for (const store::Row row : store.run(query::counties)) counties.push_back(row.get<int>(0));
  const std::uint64_t total = store.run(query::count_all, counties).only().get<std::uint64_t>(0);
  DivisionSet divisions = divisions_of_nation({});
  store::add_imported_changes(*app.parts().store, divisions);
  address::LibraryBuilder builder(divisions, "register");
  // Before the first row is read: what changes meanwhile may be in both, which is no harm.
  builder.set_position(app.parts().edits->position());
  AliasTexts aliases = load_alias_texts(store);
  for (const int county : counties) add_former_texts(store, county, std::nullopt, aliases);
  const store::Lease lease = store.take();
  lease->stream(
      query::stream_all,
      [&](const store::Row& row) {
        address::SourceAddress source;
        source.id = row.get<Uuid>(0).text();
        if (const auto known = aliases.find(source.id); known != aliases.end()) source.aliases = known->second;
        source.address = row.get<std::string>(1);
        source.code = row.get<std::string>(2);
        source.division_code = row.get<std::string>(3);
        const auto lon = row.get<std::optional<double>>(4);
        const auto lat = row.get<std::optional<double>>(5);
        if (lon && lat) source.point = geo::LonLat{*lon, *lat};
        builder.add(source);
        if (++report.addresses % 4096 == 0 && progress) progress(report.addresses, total);
      },
      counties);
  builder.write(report.file);
  const std::shared_ptr<const address::Library> built = address::Library::open(report.file);
  report.bytes = built->facts().bytes;
  if (in_use || report.file == app.settings().data_dir / "library.mpl") app.parts().use_library(built);
  return report;
}

}  // namespace menpai::app
