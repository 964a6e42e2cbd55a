// SPDX-License-Identifier: Apache-2.0
// A push parser for the XML inside workbooks: no document type, no entities of its own, bounded depth.
#pragma once

#include <exception>
#include <string_view>

#include "intake/xlsx_package.hpp"

struct XML_ParserStruct;

namespace menpai::intake {

/// Gets the events of one XML file. Names come without their namespace prefix. A handler may throw.
class XmlHandler {
 public:
  /// `attributes` is expat's list: name, value, …, null.
  virtual void start(std::string_view name, const char* const* attributes) = 0;
  virtual void end(std::string_view name) = 0;
  virtual void text(std::string_view /*text*/) {}
  virtual ~XmlHandler() = default;
};

/// The value of an attribute by its name without prefix; empty if it is not there.
std::string_view attribute(const char* const* attributes, std::string_view name);

class XmlParser {
 public:
  XmlParser(XmlHandler& handler, const TableInput& input);
  ~XmlParser();
  XmlParser(const XmlParser&) = delete;
  XmlParser& operator=(const XmlParser&) = delete;

  /// Throws damaged for what is not well-formed, for a document type (no workbook has one) and for depth beyond 64.
  void feed(std::string_view bytes, bool last);

 private:
  struct Hooks;
  XmlHandler& m_handler;
  const TableInput& m_input;
  XML_ParserStruct* m_parser;
  std::exception_ptr m_thrown;
  int m_depth = 0;
};

/// Parses a whole entry.
void parse_xml(PackageEntry& entry, XmlHandler& handler, const TableInput& input);

}  // namespace menpai::intake
