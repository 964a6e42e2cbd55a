// SPDX-License-Identifier: Apache-2.0
// Helpers of this folder's tests.
#include "intake/test_tables.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <unistd.h>
#include <zip.h>
#include <zlib.h>

namespace menpai::intake {

std::string gzipped(const std::string& text) {
  z_stream stream{};
  if (deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) throw std::runtime_error("zlib");
  std::string out(deflateBound(&stream, text.size()) + 64, 0);
  std::string in = text;
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string zipped(const std::vector<std::pair<std::string, std::string>>& entries) {
  const TestFolder folder;
  const auto file = folder / "made.zip";
  zip_t* archive = zip_open(file.c_str(), ZIP_CREATE, nullptr);
  for (const auto& [name, content] : entries)
    zip_file_add(archive, name.c_str(), zip_source_buffer(archive, content.data(), content.size(), 0), 0);
  if (zip_close(archive) != 0) throw std::runtime_error("zip");
  return file_text(file);
}

std::string workbook(const BookParts& parts) {
  const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
  const std::string types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
  const std::string main = " xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
  return zipped({
      {"_rels/.rels", head + "<Relationships><Relationship Id=\"rId1\" Type=\"" + types +
                          "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
      {"xl/workbook.xml", head + "<workbook" + main + " xmlns:r=\"x\">" + parts.workbook_properties +
                              "<sheets><sheet name=\"表一\" sheetId=\"1\" r:id=\"rId1\"/>"
                              "<sheet name=\"表二\" sheetId=\"2\" r:id=\"rId4\"/></sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels",
       head + "<Relationships><Relationship Id=\"rId1\" Type=\"" + types +
           "worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId4\" Type=\"" + types +
           "worksheet\" Target=\"/xl/worksheets/sheet2.xml\"/><Relationship Id=\"rId2\" Type=\"" + types +
           "sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"rId3\" Type=\"" + types +
           "styles\" Target=\"styles.xml\"/></Relationships>"},
      {"xl/sharedStrings.xml", head + parts.doctype + "<sst" + main + ">" + parts.shared_strings + "</sst>"},
      {"xl/styles.xml", head + "<styleSheet" + main + ">" + parts.styles + "</styleSheet>"},
      {"xl/worksheets/sheet1.xml", head + "<worksheet" + main + "><sheetData>" + parts.sheet_data + "</sheetData>" +
                                       parts.behind_sheet_data + "</worksheet>"},
      {"xl/worksheets/sheet2.xml",
       head + "<worksheet" + main +
           "><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>乙</t></is></c></row>"
           "</sheetData></worksheet>"},
  });
}

TestFolder::TestFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "menpai-intake-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp");
  m_path = pattern;
}

TestFolder::~TestFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(m_path, ignored);
}

std::string file_text(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace menpai::intake
