// SPDX-License-Identifier: Apache-2.0
// What goes to the maker of plates, and the two papers: a batch as a table and as print-ready PDF, the confirmation of
// a number, the certificate of old and new addresses.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/application.hpp"
#include "share/certificate.hpp"
#include "share/plate_sheet.hpp"

namespace menpai::app {

/// The list of a batch, a row a plate with all that stands on it and the text of its QR code. `format` csv or xlsx.
std::string plate_batch_table(Application& app, const Caller& caller, std::string_view batch_id,
                              std::string_view format);
/// Its plates in true size. At most 5,000 at once: `from` (counted from 0) and `count` choose among them.
struct SheetRange {
  std::size_t from = 0;
  std::size_t count = 5000;
};
std::string plate_batch_sheets(Application& app, const Caller& caller, std::string_view batch_id,
                               share::SheetOptions options, SheetRange range = {});

/// What an official adds to what the register knows.
struct PaperRequest {
  std::string number;     ///< of the paper
  std::string date;       ///< ISO; empty: today
  std::string authority;  ///< who seals it
  std::string applicant, project, basis;
};
/// 门楼号确认书 of an address. Throws not_found, conflict if it is retired.
std::string number_confirmation(Application& app, const Caller& caller, std::string_view address_id,
                                const PaperRequest& request);
/// 新旧门牌对照证明: every text that this address ever had, against its text today; the addresses that were merged
/// into it as well. Throws conflict if there is no other.
std::string old_new_certificate(Application& app, const Caller& caller, std::string_view address_id,
                                const PaperRequest& request);

}  // namespace menpai::app
