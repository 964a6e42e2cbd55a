// SPDX-License-Identifier: Apache-2.0
// Writes the seeds of the fuzzers: fuzz_seeds DIR makes DIR/normalise, DIR/engine, DIR/library, DIR/table …
#include <filesystem>
#include <fstream>
#include <iconv.h>
#include <iostream>
#include <string>
#include <vector>

#include "intake/table.hpp"

namespace {

using menpai::intake::TableFormat;

/// Invented addresses with every kind of dirt.
const std::vector<std::string> texts = {
    "广东省中山市港口镇云岭花园2栋1单元302室",
    "中山市港口镇星海大道５号附１号",
    "港口鎮雲嶺花園二棟一單元三〇二房 138 0000 0000",
    "星海大道12号101室（旁边）",
    "中南村3组9号 王先生收",
    "望江大厦B座1203",
    "福建省廈門市思明區廈港街道同安路11-12號9層",
    "港口镇星虹五巷12号对面，云岭花园3栋交叉口",
    "云岭花园#2-1-302/303.304",
    "临水路9号之一、之二",
    "ylhy2dong1danyuan302",
    "gkz星虹5x12hao",
    "null",
    "广东中山广东中山港口镇港口镇星海大道1-20号",
    "\xff\xfe\xc0\x80 12号",
};

std::string table(TableFormat format, bool gzip) {
  std::string bytes;
  const auto writer =
      menpai::intake::TableWriter::create(menpai::intake::bytes_into(bytes), format, gzip, {"编号", "地址", "备注"});
  for (std::size_t i = 0; i + 1 < texts.size(); ++i) {
    const std::string number = std::to_string(i);
    writer->row({number, texts[i], i % 2 == 0 ? "a,\"b\"\nc" : "=1+1"});
  }
  writer->finish();
  return bytes;
}

std::string converted(const std::string& text, const char* charset) {
  const iconv_t converter = iconv_open(charset, "UTF-8");
  std::string out(text.size() * 4 + 16, '\0');
  std::string in = text;
  char* from = in.data();
  char* to = out.data();
  std::size_t from_left = in.size();
  std::size_t to_left = out.size();
  iconv(converter, &from, &from_left, &to, &to_left);
  iconv_close(converter);
  out.resize(out.size() - to_left);
  return out;
}

class Corpus {
 public:
  Corpus(const std::filesystem::path& root, const std::string& name) : m_folder(root / name) {
    std::filesystem::create_directories(m_folder);
  }
  void add(const std::string& bytes) {
    std::ofstream(m_folder / ("seed" + std::to_string(m_count++)), std::ios::binary) << bytes;
  }

 private:
  std::filesystem::path m_folder;
  int m_count = 0;
};

void write_texts(const std::filesystem::path& root) {
  Corpus normalise(root, "normalise");
  Corpus engine(root, "engine");
  for (const std::string& text : texts) {
    normalise.add(text);
    for (const char choice : {'\x01', '\x1a', '\x2a', '\x3a', '\x4b', '\x7b'}) engine.add(choice + text);
  }
}

void write_tables(const std::filesystem::path& root) {
  Corpus tables(root, "table");
  Corpus charsets(root, "charset");
  const std::string csv = table(TableFormat::csv, false);
  tables.add('\x04' + csv);
  tables.add('\x00' + csv);
  tables.add('\x05' + table(TableFormat::tsv, false));
  tables.add('\x06' + table(TableFormat::ndjson, false));
  tables.add('\x06' + std::string("[{\"a\":1,\"b\":[1,2]},{\"c\":null,\"a\":\"\\ud83d\\ude00\"}]"));
  tables.add('\x07' + table(TableFormat::xlsx, false));
  tables.add('\x00' + table(TableFormat::xlsx, false));
  tables.add('\x80' + table(TableFormat::csv, true));
  for (const char* charset : {"GB18030", "UTF-16LE", "UTF-16BE", "UTF-16"}) {
    const std::string bytes = converted(csv, charset);
    tables.add('\x00' + bytes);
    for (char choice = 0; choice < 5; ++choice) charsets.add(choice + bytes);
  }
  charsets.add('\x01' + csv);
}

void write_features(const std::filesystem::path& root) {
  Corpus features(root, "geojson");
  const std::string point =
      R"({"type":"Feature","properties":{"name":"星海大道","n":1.5,"ok":true,"no":null},"geometry":{"type":"Point","coordinates":[113.5,22.5]}})";
  const std::string line =
      R"({"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[113.5,22.5],[113.6,22.6,3]]}})";
  const std::string area =
      R"({"type":"Feature","properties":null,"geometry":{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]],[[0.2,0.1],[0.3,0.1],[0.3,0.2],[0.2,0.1]]]]}})";
  for (char crs = 0; crs < 4; ++crs) {
    features.add(crs + std::string(R"({"type":"FeatureCollection","features":[)") + point + "," + line + "," + area +
                 "]}");
  }
  features.add('\0' + point + "\n" + line + "\n" + area + "\n");
  features.add('\0' + std::string("\x1e") + point);
  features.add('\0' + std::string("\xEF\xBB\xBF"));
}

void write_libraries(const std::filesystem::path& root) {
  Corpus libraries(root, "library");
  libraries.add(std::string("\0MPLIB", 6));
  for (char section = 0; section < 60; ++section) {
    for (char question = 1; question <= 20; question = static_cast<char>(question + 3)) {
      libraries.add(std::string{question, section, '\x00', '\x00', '\x04', '\xff', '\x01'});
      libraries.add(std::string{question, section, '\x06', '\x00', '\x00', '\xff', '\x08', section, '\x08', '\x00',
                                '\x00', '\x00', '\x07'});
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "Usage: fuzz_seeds DIR\n";
    return 2;
  }
  const std::filesystem::path root = argv[1];
  write_texts(root);
  write_tables(root);
  write_features(root);
  write_libraries(root);
  return 0;
}
