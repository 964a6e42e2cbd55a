// SPDX-License-Identifier: Apache-2.0
#include "app/change/evidence.hpp"

#include "app/change/change_record.hpp"
#include "app/door.hpp"
#include "app/parts.hpp"
#include "base/error.hpp"
#include "base/utf8.hpp"
#include "store/queries.hpp"
#include "store/time.hpp"

namespace menpai::app {
namespace {

namespace query = store::query::change_set;

constexpr std::size_t name_max = 200;

/// Empty for what is not taken.
std::string_view media_type_of(std::string_view bytes) {
  if (bytes.starts_with("%PDF-")) return "application/pdf";
  if (bytes.starts_with("\xFF\xD8\xFF")) return "image/jpeg";
  if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return "image/png";
  return {};
}

struct Stored {
  Evidence about;
  std::string digest;
};

std::vector<Stored> load(Application& app, const ChangeSet& set) {
  std::vector<Stored> files;
  const store::Result rows = app.parts().store->run(query::evidence, set.county_code, set.id.value);
  for (const store::Row row : rows) {
    files.push_back({{row.get<Uuid>(0).text(), row.get<std::string>(2), row.get<std::string>(3),
                      static_cast<std::uint64_t>(row.get<std::int64_t>(4)), row.get<std::string>(5),
                      store::iso_text(row.get<store::Timestamp>(6))},
                     row.get<store::Bytes>(1).value});
  }
  return files;
}

}  // namespace

Evidence add_evidence(Application& app, const Caller& caller, const ChangeSetId& id, std::string_view name,
                      std::string_view bytes) {
  require(app, caller, Action::write_change, "change_set", id.text());
  if (bytes.size() > evidence_bytes_max) throw Error(ErrorCode::too_large, "A file has at most 32 MiB.");
  const std::string_view media_type = media_type_of(bytes);
  if (media_type.empty()) throw Error(ErrorCode::unsupported, "Evidence is a PDF, JPEG or PNG file.");
  if (name.empty() || utf8::length(name) > name_max) {
    throw Error(ErrorCode::bad_request, "Name the file, in at most 200 characters.");
  }
  const ChangeSet set = load_change_set(*app.parts().store, id);
  if (set.state == ChangeState::applied || set.state == ChangeState::approved || set.state == ChangeState::withdrawn) {
    throw Error(ErrorCode::conflict, "This change set is settled: what spoke for it stays as it was.");
  }
  if (load(app, set).size() >= evidence_files_max) {
    throw Error(ErrorCode::too_large, "A change set has at most 50 files.");
  }
  const Uuid evidence = Uuid::make();
  const store::Timestamp at = store::now();
  const auto writer = app.parts().files->create("change_evidence");
  writer->write(bytes);
  const store::Lease lease = app.parts().store->take();
  store::Transaction transaction(*lease);
  const store::SealedFile file = writer->finish(transaction);
  transaction.run(query::add_evidence, set.county_code, evidence, id.value, store::Bytes{file.digest}, name, media_type,
                  static_cast<std::int64_t>(bytes.size()), caller.name, at);
  transaction.commit();
  return {evidence.text(), std::string(name), std::string(media_type), bytes.size(), caller.name, store::iso_text(at)};
}

std::vector<Evidence> list_evidence(Application& app, const Caller& caller, const ChangeSetId& id) {
  require(app, caller, Action::read_change, "change_set", id.text());
  std::vector<Evidence> out;
  for (Stored& file : load(app, load_change_set(*app.parts().store, id))) out.push_back(std::move(file.about));
  return out;
}

EvidenceFile read_evidence(Application& app, const Caller& caller, const ChangeSetId& id, std::string_view evidence) {
  require(app, caller, Action::read_change, "change_set", id.text());
  for (Stored& file : load(app, load_change_set(*app.parts().store, id))) {
    if (file.about.id != evidence) continue;
    EvidenceFile out{std::move(file.about), {}};
    const auto reader = app.parts().files->open(file.digest);
    for (std::string piece; reader->read(piece);) out.bytes += piece;
    return out;
  }
  throw Error(ErrorCode::not_found, "There is no such file.");
}

}  // namespace menpai::app
