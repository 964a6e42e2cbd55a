// SPDX-License-Identifier: Apache-2.0
#include "app/plate/plate_files.hpp"

#include <algorithm>
#include <map>

#include "app/change/plan_plate.hpp"
#include "app/door.hpp"
#include "app/parts.hpp"
#include "app/plate/plate_keys.hpp"
#include "app/plate/plate_rows.hpp"
#include "app/plate/plates.hpp"
#include "base/error.hpp"
#include "intake/table.hpp"
#include "store/queries.hpp"
#include "store/time.hpp"

namespace menpai::app {
namespace {

constexpr std::size_t sheets_max = 5000;

/// Signs plates with the key each was ordered under; opens a key once.
class PlateSigner {
 public:
  explicit PlateSigner(Application& app) : m_app(app), m_base(plate_base_in_use(app)) {}
  std::string text_of(const Plate& plate) {
    if (plate.object_code.empty() || plate.key_id == 0) return {};
    auto found = m_keys.find(plate.key_id);
    if (found == m_keys.end()) found = m_keys.emplace(plate.key_id, open_plate_key(m_app, plate.key_id)).first;
    return share::make_plate_text(m_base, plate.object_code, plate.copy, plate.key_id, found->second).text();
  }

 private:
  Application& m_app;
  std::string m_base;
  std::map<int, access::SigningKey> m_keys;
};

std::string note_of(const PlateBatch& batch, const Plate& plate, std::size_t number) {
  std::string note = batch.number + "  " + std::to_string(number) + "/" + std::to_string(batch.ordered) + "  ";
  note += plate.object_code.empty() ? plate.object_text : plate.object_code + " #" + std::to_string(plate.copy);
  return note;
}

/// A register's address for a paper.
struct PaperAddress {
  std::int32_t county = 0;
  Uuid id;
  std::string display, code, status;
  bool is_temporary = false;
};
PaperAddress paper_address(Application& app, std::string_view address_id) {
  const auto id = Uuid::parse(address_id);
  if (!id) throw Error(ErrorCode::not_found, "There is no such address.");
  store::Store& store = *app.parts().store;
  const std::int32_t county = county_of_object(store, *id, "address");
  const store::Result found = store.run(store::query::plate::public_address, county, *id);
  if (found.empty()) throw Error(ErrorCode::not_found, "There is no such address.");
  return {county,
          *id,
          found[0].get<std::string>(0),
          found[0].get<std::string>(1),
          found[0].get<std::string>(3),
          found[0].get<bool>(7)};
}

share::CertificateHead head_of(Application& app, const PaperAddress& address, const PaperRequest& request) {
  share::CertificateHead head{request.number, request.date, request.authority, {}};
  if (head.number.empty() || head.authority.empty()) {
    throw Error(ErrorCode::bad_request, "The paper needs its number and the authority that seals it.");
  }
  if (head.date.empty()) head.date = store::iso_text(store::today());
  if (!store::parse_date(head.date)) throw Error(ErrorCode::bad_request, "The date must be written like 2026-11-20.");
  if (share::is_plate_code(address.code) && !plate_bases(app).empty()) {
    head.qr_text = plate_base_in_use(app) + address.code;
  }
  return head;
}

}  // namespace

std::string plate_batch_table(Application& app, const Caller& caller, std::string_view batch_id,
                              std::string_view format) {
  const auto form = intake::parse_table_format(format);
  if (!form || (*form != intake::TableFormat::csv && *form != intake::TableFormat::xlsx)) {
    throw Error(ErrorCode::bad_request, "The list comes as csv or xlsx.");
  }
  const PlateBatchView view = get_plate_batch(app, caller, batch_id);
  const spine::PlateKinds kinds = load_plate_kinds(app);
  PlateSigner signer(app);
  std::string bytes;
  const auto writer =
      intake::TableWriter::create(intake::bytes_into(bytes), *form, false,
                                  {"序号", "批次", "门牌编号", "种类", "宽(mm)", "高(mm)", "二维码(mm)", "名称", "号码",
                                   "拼音", "附行", "临时", "标准地址", "地址代码", "第几块", "状态", "二维码内容"},
                                  {.bom = true, .inert_formulas = true});
  std::size_t number = 0;
  const auto millimetres = [](double value) { return std::to_string(static_cast<int>(value)); };
  for (const Plate& plate : view.plates) {
    const spine::PlateKind& kind = kinds.get(plate.kind);
    const std::string cells[] = {std::to_string(++number),
                                 view.batch.number,
                                 plate.id.text(),
                                 kind.zh,
                                 millimetres(kind.width_mm),
                                 millimetres(kind.height_mm),
                                 millimetres(kind.qr_mm),
                                 plate.name,
                                 plate.number,
                                 plate.pinyin,
                                 plate.foot,
                                 plate.is_temporary ? "是" : "否",
                                 plate.object_text,
                                 plate.object_code,
                                 plate.copy == 0 ? std::string() : std::to_string(plate.copy),
                                 std::string(plate_state_name(plate.state)),
                                 signer.text_of(plate)};
    writer->row({std::begin(cells), std::end(cells)});
  }
  writer->finish();
  return bytes;
}

std::string plate_batch_sheets(Application& app, const Caller& caller, std::string_view batch_id,
                               share::SheetOptions options, SheetRange range) {
  const PlateBatchView view = get_plate_batch(app, caller, batch_id);
  const spine::PlateKinds kinds = load_plate_kinds(app);
  PlateSigner signer(app);
  std::vector<share::PlateFace> faces;
  const std::size_t end = std::min(view.plates.size(), range.from + std::min(range.count, sheets_max));
  for (std::size_t i = range.from; i < end; ++i) {
    const Plate& plate = view.plates[i];
    share::PlateFace& face = faces.emplace_back();
    face.kind = &kinds.get(plate.kind);
    face.name = plate.name;
    face.number = plate.number;
    face.pinyin = plate.pinyin;
    face.foot = plate.foot;
    face.is_temporary = plate.is_temporary;
    face.qr_text = signer.text_of(plate);
    face.note = note_of(view.batch, plate, i + 1);
  }
  if (faces.empty()) throw Error(ErrorCode::bad_request, "There are no plates in this part of the batch.");
  options.title = "门楼牌 " + view.batch.number;
  return share::make_plate_sheets(faces, options);
}

std::string number_confirmation(Application& app, const Caller& caller, std::string_view address_id,
                                const PaperRequest& request) {
  require(app, caller, Action::read_plate, "address", address_id);
  const PaperAddress address = paper_address(app, address_id);
  if (address.status == "retired") {
    throw Error(ErrorCode::conflict, "This address is retired: its number cannot be confirmed.");
  }
  return share::make_number_confirmation({head_of(app, address, request), request.applicant, request.project,
                                          address.display, address.code, request.basis, address.is_temporary});
}

std::string old_new_certificate(Application& app, const Caller& caller, std::string_view address_id,
                                const PaperRequest& request) {
  require(app, caller, Action::read_plate, "address", address_id);
  const PaperAddress address = paper_address(app, address_id);
  share::OldNewCertificate paper{head_of(app, address, request), {}};
  const store::Result rows = app.parts().store->run(store::query::plate::former_texts, address.county, address.id);
  for (const store::Row row : rows) {
    auto [text, until, reason] = row.as<std::string, std::string, std::string>();
    paper.pairs.push_back({std::move(text), address.display, std::move(until), std::move(reason)});
  }
  if (paper.pairs.empty())
    throw Error(ErrorCode::conflict, "This address never had another text: there is nothing to certify.");
  return share::make_old_new_certificate(paper);
}

}  // namespace menpai::app
