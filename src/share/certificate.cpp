// SPDX-License-Identifier: Apache-2.0
#include "share/certificate.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "share/pdf_canvas.hpp"

namespace menpai::share {
namespace {

constexpr double page_width = 210;
constexpr double page_height = 297;
constexpr double margin = 25;
constexpr double inner_width = page_width - 2 * margin;
constexpr double foot_top = 215;  // where seal, date and QR code begin
constexpr std::uint32_t ink = 0x000000;
constexpr std::uint32_t pale = 0x888888;

/// "2026-11-20" → "2026年11月20日".
std::string chinese_date(const std::string& iso) {
  if (iso.size() != 10) return iso;
  const auto number = [&iso](std::size_t at) {
    return iso.substr(iso[at] == '0' ? at + 1 : at, iso[at] == '0' ? 1 : 2);
  };
  return iso.substr(0, 4) + "年" + number(5) + "月" + number(8) + "日";
}

double draw_head(PdfCanvas& pdf, const std::string& title, const CertificateHead& head) {
  pdf.page(page_width, page_height);
  pdf.text({margin, 30, inner_width, 14}, title, {.size_mm = 9, .bold = true, .align = Align::centre});
  pdf.text({margin, 48, inner_width, 7}, "编号：" + head.number, {.size_mm = 4.2, .align = Align::right});
  return 62;
}

void draw_foot(PdfCanvas& pdf, const CertificateHead& head) {
  const double seal_x = page_width - margin - 30;
  pdf.dashed_circle(seal_x, foot_top + 25, 21, pale);
  pdf.text({seal_x - 21, foot_top + 21, 42, 8}, "（盖章）", {.size_mm = 4.2, .colour = pale, .align = Align::centre});
  pdf.text({margin + 50, foot_top + 6, inner_width - 50, 8}, head.authority, {.size_mm = 4.6, .align = Align::right});
  pdf.text({margin + 50, foot_top + 46, inner_width - 50, 8}, chinese_date(head.date),
           {.size_mm = 4.6, .align = Align::right});
  if (head.qr_text.empty()) return;
  pdf.qr(margin, foot_top + 5, 36, make_qr(head.qr_text));
  pdf.text({margin, foot_top + 42, 50, 6}, "扫码核对地址", {.size_mm = 3.4});
}

/// A row of a table with a label; gives where the next begins.
double draw_row(PdfCanvas& pdf, double y, const std::string& label, const std::string& value) {
  constexpr double label_width = 42;
  const double used =
      pdf.paragraph({margin + label_width + 4, y + 3.5, inner_width - label_width - 8, 100}, value, {.size_mm = 4.6});
  const double height = std::max(14.0, used + 7);
  pdf.frame({margin, y, inner_width, height}, 0.25, ink);
  pdf.line(margin + label_width, y, margin + label_width, y + height, 0.25, ink);
  pdf.text({margin, y, label_width, height}, label, {.size_mm = 4.6, .align = Align::centre});
  return y + height;
}

void draw_pair_heads(PdfCanvas& pdf, double y) {
  const double columns[] = {0, 64, 128, inner_width};
  const char* names[] = {"原地址", "现地址", "变更日期及原因"};
  for (std::size_t i = 0; i < 3; ++i) {
    const Box cell{margin + columns[i], y, columns[i + 1] - columns[i], 10};
    pdf.frame(cell, 0.25, ink);
    pdf.text(cell, names[i], {.size_mm = 4.2, .bold = true, .align = Align::centre});
  }
}

double draw_pair(PdfCanvas& pdf, double y, const AddressPair& pair) {
  const double columns[] = {0, 64, 128, inner_width};
  const std::string texts[] = {pair.old_address, pair.new_address, chinese_date(pair.changed_on) + "\n" + pair.reason};
  double height = 12;
  for (std::size_t i = 0; i < 3; ++i) {
    const double width = columns[i + 1] - columns[i];
    const double used = pdf.paragraph({margin + columns[i] + 2, y + 2, width - 4, 100}, texts[i], {.size_mm = 4});
    height = std::max(height, used + 4);
  }
  for (std::size_t i = 0; i < 3; ++i) {
    pdf.frame({margin + columns[i], y, columns[i + 1] - columns[i], height}, 0.25, ink);
  }
  return y + height;
}

}  // namespace

std::string make_number_confirmation(const NumberConfirmation& paper) {
  PdfCanvas pdf("门楼号确认书");
  double y = draw_head(pdf, "门楼号确认书", paper.head);
  if (!paper.applicant.empty()) y = draw_row(pdf, y, "申请人", paper.applicant);
  if (!paper.project.empty()) y = draw_row(pdf, y, "建筑项目", paper.project);
  y = draw_row(pdf, y, "标准地址", paper.address);
  y = draw_row(pdf, y, "地址代码", paper.code);
  y = draw_row(pdf, y, "门楼号类别", paper.is_temporary ? "临时" : "正式");
  if (!paper.basis.empty()) y = draw_row(pdf, y, "编制依据", paper.basis);
  const std::string closing = paper.is_temporary
                                  ? "上述门楼号为临时门楼号，仅用于地址标识，不作为房屋合法性及权属的证明。"
                                  : "上述门楼号按照地名和门楼号管理的有关规定编制，现予确认。";
  pdf.paragraph({margin, y + 8, inner_width, 30}, closing, {.size_mm = 4.6});
  draw_foot(pdf, paper.head);
  return pdf.finish();
}

std::string make_old_new_certificate(const OldNewCertificate& paper) {
  if (paper.pairs.empty()) throw Error(ErrorCode::bad_request, "There is no pair of an old and a new address.");
  constexpr double pair_height_max = 45;
  PdfCanvas pdf("新旧门牌对照证明");
  double y = 0;
  for (const AddressPair& pair : paper.pairs) {
    if (y == 0 || y + pair_height_max > foot_top) {
      y = draw_head(pdf, "新旧门牌对照证明", paper.head);
      y += pdf.paragraph({margin, y, inner_width, 20}, "兹证明下列原地址与现地址为同一地址：", {.size_mm = 4.6}) + 4;
      draw_pair_heads(pdf, y);
      y += 10;
      draw_foot(pdf, paper.head);
    }
    y = draw_pair(pdf, y, pair);
  }
  return pdf.finish();
}

}  // namespace menpai::share
