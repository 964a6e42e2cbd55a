// SPDX-License-Identifier: Apache-2.0
// expat behind a C++ face. Exceptions of handlers wait until expat has returned.
#include "intake/xml.hpp"

#include <expat.h>
#include <vector>

namespace menpai::intake {
namespace {

constexpr int depth_max = 64;

std::string_view without_prefix(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace

struct XmlParser::Hooks {
  template <class Work>
  static void guarded(void* user, Work work) {
    auto& self = *static_cast<XmlParser*>(user);
    if (self.m_thrown) return;
    try {
      work(self);
    } catch (...) {
      self.m_thrown = std::current_exception();
      XML_StopParser(self.m_parser, XML_FALSE);
    }
  }
  static void XMLCALL start(void* user, const XML_Char* name, const XML_Char** attributes) {
    guarded(user, [&](XmlParser& self) {
      if (++self.m_depth > depth_max)
        throw Error(ErrorCode::damaged, self.m_input.name + " is no workbook: its XML is nested too deep.");
      self.m_handler.start(without_prefix(name), attributes);
    });
  }
  static void XMLCALL end(void* user, const XML_Char* name) {
    guarded(user, [&](XmlParser& self) {
      --self.m_depth;
      self.m_handler.end(without_prefix(name));
    });
  }
  static void XMLCALL text(void* user, const XML_Char* text, int size) {
    guarded(user, [&](XmlParser& self) { self.m_handler.text({text, static_cast<std::size_t>(size)}); });
  }
  static void XMLCALL doctype(void* user, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    guarded(user, [&](XmlParser& self) {
      throw Error(ErrorCode::damaged, self.m_input.name +
                                          " is refused: its XML declares a document type, which no workbook does. Open "
                                          "it in a spreadsheet and save it anew.");
    });
  }
};

std::string_view attribute(const char* const* attributes, std::string_view name) {
  for (; attributes[0] != nullptr; attributes += 2)
    if (without_prefix(attributes[0]) == name) return attributes[1];
  return {};
}

XmlParser::XmlParser(XmlHandler& handler, const TableInput& input)
    : m_handler(handler), m_input(input), m_parser(XML_ParserCreate(nullptr)) {
  if (m_parser == nullptr) throw std::bad_alloc();
  XML_SetUserData(m_parser, this);
  XML_SetElementHandler(m_parser, &Hooks::start, &Hooks::end);
  XML_SetCharacterDataHandler(m_parser, &Hooks::text);
  XML_SetStartDoctypeDeclHandler(m_parser, &Hooks::doctype);
}

XmlParser::~XmlParser() {
  XML_ParserFree(m_parser);
}

void XmlParser::feed(std::string_view bytes, bool last) {
  const XML_Status status =
      XML_Parse(m_parser, bytes.data(), static_cast<int>(bytes.size()), last ? XML_TRUE : XML_FALSE);
  if (m_thrown) std::rethrow_exception(m_thrown);
  if (status == XML_STATUS_OK) return;
  throw Error(ErrorCode::damaged, m_input.name + " is a damaged workbook (" +
                                      XML_ErrorString(XML_GetErrorCode(m_parser)) +
                                      "). Open it in a spreadsheet and save it anew, or ask for another copy.");
}

void parse_xml(PackageEntry& entry, XmlHandler& handler, const TableInput& input) {
  XmlParser parser(handler, input);
  std::vector<char> block(std::size_t{64} << 10);
  while (const std::size_t got = entry.read(block.data(), block.size())) parser.feed({block.data(), got}, false);
  parser.feed({}, true);
}

}  // namespace menpai::intake
