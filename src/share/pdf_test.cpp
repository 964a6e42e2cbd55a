// SPDX-License-Identifier: Apache-2.0
// Tests of the PDF that goes to the maker of plates: read by other programs, as he does. pdftoppm and zbarimg read
// every QR code back, pdfinfo and the picture say how large things are, pdffonts that all fonts are in it.
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <regex>
#include <sstream>
#include <unistd.h>

#include "base/error.hpp"
#include "share/certificate.hpp"
#include "share/plate_sheet.hpp"
#include "share/plate_text.hpp"

namespace menpai::share {
namespace {

namespace fs = std::filesystem;

class Pdf : public ::testing::Test {
 protected:
  Pdf() { fs::create_directories(m_dir); }
  ~Pdf() override { fs::remove_all(m_dir); }

  static std::string run(const std::string& command) {
    std::string out;
    FILE* pipe = popen((command + " 2>/dev/null").c_str(), "r");
    std::array<char, 4096> buffer{};
    while (std::size_t got = fread(buffer.data(), 1, buffer.size(), pipe)) out.append(buffer.data(), got);
    EXPECT_GE(pclose(pipe), 0);
    return out;
  }

  std::string save(const std::string& pdf) const {
    std::ofstream(m_dir / "x.pdf", std::ios::binary) << pdf;
    return (m_dir / "x.pdf").string();
  }

  /// Page sizes in mm, one a page.
  static std::vector<std::pair<double, double>> page_sizes(const std::string& file) {
    std::vector<std::pair<double, double>> sizes;
    const std::string info = run("pdfinfo -f 1 -l 999 " + file);
    static const std::regex line(R"(Page +\d+ size: +([0-9.]+) x ([0-9.]+) pts)");
    for (std::sregex_iterator at(info.begin(), info.end(), line), end; at != end; ++at) {
      sizes.emplace_back(std::stod((*at)[1]) * 25.4 / 72, std::stod((*at)[2]) * 25.4 / 72);
    }
    return sizes;
  }

  std::vector<std::string> qr_texts(const std::string& file, int dpi) const {
    run("pdftoppm -gray -r " + std::to_string(dpi) + " " + file + " " + (m_dir / "page").string());
    std::istringstream lines(run("zbarimg -q --raw -Sdisable -Sqrcode.enable " + (m_dir / "page").string() + "*.pgm"));
    std::vector<std::string> texts;
    for (std::string line; std::getline(lines, line);) texts.push_back(line);
    return texts;
  }

  /// Width and height of what is of that colour on the first page, in mm.
  std::pair<double, double> extent_of_colour(const std::string& file, int dpi, std::uint32_t colour) const {
    run("pdftoppm -r " + std::to_string(dpi) + " -f 1 -l 1 -singlefile " + file + " " + (m_dir / "colour").string());
    std::ifstream in(m_dir / "colour.ppm", std::ios::binary);
    std::string magic;
    int width = 0, height = 0, most = 0;
    in >> magic >> width >> height >> most;
    in.get();
    std::vector<unsigned char> pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
    in.read(reinterpret_cast<char*>(pixels.data()), static_cast<std::streamsize>(pixels.size()));
    int left = width, right = -1, top = height, bottom = -1;
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) {
        const unsigned char* p = &pixels[static_cast<std::size_t>(y * width + x) * 3];
        const std::uint32_t found = std::uint32_t{p[0]} << 16 | std::uint32_t{p[1]} << 8 | p[2];
        if (found != colour) continue;
        left = std::min(left, x);
        right = std::max(right, x);
        top = std::min(top, y);
        bottom = std::max(bottom, y);
      }
    }
    return {(right - left + 1) * 25.4 / dpi, (bottom - top + 1) * 25.4 / dpi};
  }

  static void expect_fonts_embedded(const std::string& file) {
    std::istringstream lines(run("pdffonts " + file));
    std::string line;
    std::getline(lines, line);
    std::getline(lines, line);
    int fonts = 0;
    static const std::regex embedded(R"( (yes|no) +(yes|no) +(yes|no) +\d+ +\d+ *$)");
    while (std::getline(lines, line)) {
      std::smatch match;
      ASSERT_TRUE(std::regex_search(line, match, embedded)) << line;
      EXPECT_EQ(match[1], "yes") << line;
      EXPECT_NE(line.find("Noto"), std::string::npos) << line;
      ++fonts;
    }
    EXPECT_GT(fonts, 0);
  }

  const access::SigningKey m_key = access::make_signing_key(access::SignatureScheme::ed25519);
  const PlateKeys m_keys = {{1, {m_key.public_key}}};
  const std::string m_base = plate_base("https://mp.example.gov.cn");
  const spine::PlateKinds m_kinds;
  const fs::path m_dir = fs::temp_directory_path() / ("menpai-pdf-" + std::to_string(::getpid()));

  PlateFace face(const char* kind, const std::string& name, const std::string& number, const std::string& pinyin,
                 int copy = 1) const {
    PlateFace made{&m_kinds.get(kind), name, number, pinyin, "邮政编码 528447", {}, "1/7 442000108001", false};
    made.qr_text = make_plate_text(m_base, "4420001080010000010000019", copy, 1, m_key).text();
    return made;
  }
  std::vector<PlateFace> one_of_each() const {
    std::vector<PlateFace> all = {
        face("gate_large", "兴港中路", "1288号", "XINGGANG ZHONGLU", 1),
        face("gate_medium", "石特村中心大街三巷", "25号之1", "", 2),
        face("gate_small", "兴港中路", "8号", "", 3),
        face("building", "锦绣花园", "12栋", "JINXIU HUAYUAN", 4),
        face("unit", "锦绣花园12栋", "3单元", "", 5),
        face("room", "锦绣花园12栋3单元", "1204", "", 6),
        face("street_sign", "兴港中路", "", "XINGGANG ZHONGLU", 7),
    };
    all[2].is_temporary = true;
    return all;
  }
};

TEST_F(Pdf, every_qr_code_of_a_batch_reads_back_and_is_genuine) {
  const std::vector<PlateFace> plates = one_of_each();
  const std::string file = save(make_plate_sheets(plates));
  const std::vector<std::string> texts = qr_texts(file, 150);
  ASSERT_EQ(texts.size(), plates.size());
  std::vector<std::string> wanted;
  for (const PlateFace& plate : plates) wanted.push_back(plate.qr_text);
  std::vector<std::string> found = texts;
  std::sort(found.begin(), found.end());
  std::sort(wanted.begin(), wanted.end());
  EXPECT_EQ(found, wanted);
  for (const std::string& text : texts) {
    EXPECT_EQ(verify_plate_text(text, m_base, m_keys), PlateVerdict::genuine) << text;
  }
}

TEST_F(Pdf, each_plate_has_a_page_of_its_true_size) {
  const std::vector<PlateFace> plates = one_of_each();
  const SheetOptions options;
  const std::vector<std::pair<double, double>> sizes = page_sizes(save(make_plate_sheets(plates, options)));
  ASSERT_EQ(sizes.size(), plates.size());
  for (std::size_t i = 0; i < plates.size(); ++i) {
    EXPECT_NEAR(sizes[i].first, plates[i].kind->width_mm + 2 * options.margin_mm, 0.2);
    EXPECT_NEAR(sizes[i].second, plates[i].kind->height_mm + 2 * options.margin_mm, 0.2);
  }
}

TEST_F(Pdf, a_plate_is_as_large_as_its_kind_says) {
  for (const char* kind : {"gate_small", "gate_medium", "gate_large", "room"}) {
    SheetOptions options;
    const PlateFace plate = face(kind, "兴港中路", "8号", "");
    const std::string file = save(make_plate_sheets({plate}, options));
    const auto [width, height] = extent_of_colour(file, 254, plate.kind->ground);
    EXPECT_NEAR(width, plate.kind->width_mm, 0.2) << kind;
    EXPECT_NEAR(height, plate.kind->height_mm, 0.2) << kind;
  }
}

TEST_F(Pdf, many_plates_share_sheets_and_none_is_lost) {
  std::vector<PlateFace> plates;
  for (int i = 1; i <= 30; ++i) plates.push_back(face("gate_small", "兴港中路", std::to_string(i) + "号", "", i));
  SheetOptions options;
  options.sheet_width_mm = 420;
  options.sheet_height_mm = 297;
  const std::string file = save(make_plate_sheets(plates, options));
  const std::vector<std::pair<double, double>> sizes = page_sizes(file);
  ASSERT_EQ(sizes.size(), 8U);  // two a row, two rows
  for (const auto& [width, height] : sizes) {
    EXPECT_NEAR(width, 420, 0.2);
    EXPECT_NEAR(height, 297, 0.2);
  }
  EXPECT_EQ(qr_texts(file, 150).size(), plates.size());
}

TEST_F(Pdf, fonts_are_embedded_and_text_stays_text) {
  const std::string file = save(make_plate_sheets(one_of_each()));
  expect_fonts_embedded(file);
  const std::string text = run("pdftotext " + file + " -");
  for (const char* wanted : {"兴港中路", "1288号", "XINGGANG ZHONGLU", "临时", "1204", "石特村中心大街三巷"}) {
    EXPECT_NE(text.find(wanted), std::string::npos) << wanted;
  }
}

TEST_F(Pdf, a_character_without_a_font_is_named_in_place_of_a_box) {
  try {
    // U+10FFFD, a private character that no font has.
    (void)make_plate_sheets({face("gate_small", "兴港\xF4\x8F\xBF\xBD路", "8号", "")});
    FAIL() << "drawn";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::unsupported);
    EXPECT_NE(std::string(error.what()).find("\xF4\x8F\xBF\xBD"), std::string::npos) << error.what();
  }
}

TEST_F(Pdf, a_plate_that_does_not_fit_its_sheet_is_refused) {
  SheetOptions options;
  options.sheet_width_mm = 210;
  options.sheet_height_mm = 297;
  EXPECT_THROW(make_plate_sheets({face("gate_large", "兴港中路", "8号", "")}, options), Error);
  EXPECT_THROW(make_plate_sheets({}), Error);
}

TEST_F(Pdf, the_confirmation_is_an_a4_page_with_all_it_must_say) {
  NumberConfirmation paper{{"门确〔2026〕12号", "2026-11-20", "港口镇派出所",
                            make_plate_text(m_base, "4420001080010000019", 1, 1, m_key).text()},
                           "示范建设有限公司",
                           "锦绣花园一期",
                           "广东省中山市港口镇兴港中路8号",
                           "4420001080010000019",
                           "",
                           true};
  const std::string file = save(make_number_confirmation(paper));
  const auto sizes = page_sizes(file);
  ASSERT_EQ(sizes.size(), 1U);
  EXPECT_NEAR(sizes[0].first, 210, 0.2);
  EXPECT_NEAR(sizes[0].second, 297, 0.2);
  expect_fonts_embedded(file);
  const std::string text = run("pdftotext -layout " + file + " -");
  for (const char* wanted : {"门楼号确认书", "门确〔2026〕12号", "2026年11月20日", "港口镇派出所", "临时",
                             "广东省中山市港口镇兴港中路8号", "4420001080010000019"}) {
    EXPECT_NE(text.find(wanted), std::string::npos) << wanted;
  }
  EXPECT_EQ(qr_texts(file, 150), std::vector<std::string>{paper.head.qr_text});
}

TEST_F(Pdf, the_old_and_new_certificate_goes_on_over_pages) {
  OldNewCertificate paper{{"门证〔2026〕3号", "2026-01-05", "港口镇派出所", ""}, {}};
  for (int i = 1; i <= 25; ++i) {
    paper.pairs.push_back({"中山市港口镇旧街" + std::to_string(i) + "号",
                           "中山市港口镇兴港中路" + std::to_string(i) + "号", "2026-01-01", "道路更名"});
  }
  const std::string file = save(make_old_new_certificate(paper));
  EXPECT_GT(page_sizes(file).size(), 1U);
  const std::string text = run("pdftotext -layout " + file + " -");
  for (const char* wanted : {"新旧门牌对照证明", "旧街25号", "兴港中路25号", "2026年1月5日", "道路更名"}) {
    EXPECT_NE(text.find(wanted), std::string::npos) << wanted;
  }
}

}  // namespace
}  // namespace menpai::share
