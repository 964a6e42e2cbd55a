// SPDX-License-Identifier: Apache-2.0
// The good library in memory with places of its sections overwritten, cut or doubled, a thousandth of the cost of
// writing a file. Between the sections lie bytes that nobody may read.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <sanitizer/asan_interface.h>
#include <span>
#include <string>
#include <vector>

#include "address/library/library_file.hpp"

namespace menpai::fuzz {

class EditedLibrary {
 public:
  /// Takes the sections of `good`.
  explicit EditedLibrary(const address::LibraryFile& good) {
    address::LibraryFileWriter writer;
    for (const std::string_view name : good.section_names()) {
      const auto bytes = good.section(name);
      std::vector<std::byte> spaced(bytes.begin(), bytes.end());
      spaced.resize(spaced.size() + space);
      writer.add(name, std::move(spaced));
      m_sections.push_back({std::string(name), 0, bytes.size(), bytes.size(), nullptr});
    }
    m_good = writer.bytes();
    m_head_bytes = m_good.size();
    m_bytes = new (std::align_val_t{64}) std::byte[m_good.size()];
    for (std::size_t i = 0; i < m_sections.size(); ++i) {
      // The directory: 64 bytes a section behind as many of header; the offset at 24, the size at 32.
      std::byte* const entry = m_good.data() + 64 + 64 * i;
      m_sections[i].entry = m_bytes + (entry - m_good.data());
      std::memcpy(&m_sections[i].offset, entry + 24, sizeof(std::uint64_t));
      write(entry + 32, m_sections[i].size);
      m_head_bytes = std::min(m_head_bytes, m_sections[i].offset);
    }
    std::memset(m_good.data() + 32, 0, 8);
    write(m_good.data() + 32, address::checksum(std::span(m_good).first(m_head_bytes)));
    std::memcpy(m_bytes, m_good.data(), m_good.size());
    for (const Section& section : m_sections) close(section);
  }
  ~EditedLibrary() {
    open();
    ::operator delete[](m_bytes, std::align_val_t{64});
  }
  EditedLibrary(const EditedLibrary&) = delete;
  EditedLibrary& operator=(const EditedLibrary&) = delete;

  /// Makes it good again and then does the edits, six bytes each: section (one more than there are: the head), what to
  /// do, offset (two bytes, counted in eights or from the end), value, spread.
  void edit(const std::uint8_t* data, std::size_t size) {
    restore();
    for (; size >= 6; data += 6, size -= 6) {
      const std::size_t which = data[0] % (m_sections.size() + 1);
      if (which == m_sections.size()) {
        edit_head(data);
      } else {
        edit_section(m_sections[which], data);
      }
    }
    if (m_touched.empty()) return;
    for (const Touched& t : m_touched) {
      if (m_head_edited || t.section == nullptr) continue;
      write(t.section->entry + 32, t.section->size);
      close(*t.section);
    }
    std::memset(m_bytes + 32, 0, 8);
    write(m_bytes + 32, address::checksum({m_bytes, m_head_bytes}));
  }

  /// Whether a section whose name begins so was edited, or all may be.
  bool touched(std::string_view prefix) const {
    return m_head_edited || std::any_of(m_touched.begin(), m_touched.end(), [&](const Touched& t) {
             return t.section != nullptr && t.section->name.starts_with(prefix);
           });
  }
  std::span<const std::byte> bytes() const { return {m_bytes, m_good.size()}; }

 private:
  static constexpr std::size_t space = 512;  // behind each section
  struct Section {
    std::string name;
    std::size_t offset;
    std::size_t good_size;
    std::size_t size;
    std::byte* entry;  ///< in the directory of the head
  };
  struct Touched {
    Section* section;  ///< none: the head
    std::size_t at;
    std::size_t bytes;
  };
  static void write(std::byte* at, std::uint64_t value) { std::memcpy(at, &value, sizeof value); }

  void open() { ASAN_UNPOISON_MEMORY_REGION(m_bytes, m_good.size()); }
  /// Nobody may read behind the section.
  void close(const Section& section) {
    const std::size_t whole = (section.good_size + space + 63) / 64 * 64;
    ASAN_UNPOISON_MEMORY_REGION(m_bytes + section.offset, whole);
    ASAN_POISON_MEMORY_REGION(m_bytes + section.offset + section.size, whole - section.size);
  }

  void restore() {
    if (m_touched.empty()) return;
    for (const Touched& t : m_touched) {
      ASAN_UNPOISON_MEMORY_REGION(m_bytes + t.at, t.bytes);
      std::memcpy(m_bytes + t.at, m_good.data() + t.at, t.bytes);
      if (t.section != nullptr) t.section->size = t.section->good_size;
    }
    std::memcpy(m_bytes, m_good.data(), m_head_bytes);
    for (const Section& section : m_sections) {
      const bool was_open = m_head_edited || std::any_of(m_touched.begin(), m_touched.end(),
                                                         [&](const Touched& t) { return t.section == &section; });
      if (was_open) close(section);
    }
    m_touched.clear();
    m_head_edited = false;
  }

  static std::size_t place(const std::uint8_t* data, std::size_t size) {
    const std::size_t offset = static_cast<std::size_t>(data[2]) << 8 | data[3];
    std::size_t at = (data[1] & 1) != 0 ? offset * 8 : offset;
    if ((data[1] & 2) != 0) at = size - 1 - std::min(size - 1, at);
    return at % size;
  }

  void edit_head(const std::uint8_t* data) {
    if (!m_head_edited) open();
    m_head_edited = true;
    const std::size_t at = place(data, m_head_bytes);
    m_touched.push_back({nullptr, at, 1});
    m_bytes[at] = static_cast<std::byte>(data[4]);
  }

  void edit_section(Section& section, const std::uint8_t* data) {
    if (section.size == 0) return;
    const std::size_t at = section.offset + place(data, section.size);
    const std::size_t left = section.offset + section.size - at;
    const std::size_t spread = data[5];
    switch (data[1] >> 2 & 3) {
      case 0:
        m_touched.push_back({&section, at, 1});
        m_bytes[at] = static_cast<std::byte>(data[4]);
        break;
      case 1: {
        const std::size_t count = std::min<std::size_t>(left, spread % 9);
        m_touched.push_back({&section, at, count});
        std::memset(m_bytes + at, data[4], count);
        break;
      }
      case 2:
        m_touched.push_back({&section, section.offset, 0});
        section.size -= std::min(section.size, spread);
        break;
      default: {
        const std::size_t more = std::min({section.size, spread, section.good_size + space - section.size});
        const std::size_t end = section.offset + section.size;
        m_touched.push_back({&section, end, more});
        ASAN_UNPOISON_MEMORY_REGION(m_bytes + end, more);
        std::memcpy(m_bytes + end, m_bytes + end - more, more);
        section.size += more;
        break;
      }
    }
  }

  std::vector<std::byte> m_good;
  std::byte* m_bytes = nullptr;
  std::size_t m_head_bytes = 0;
  std::vector<Section> m_sections;
  std::vector<Touched> m_touched;
  bool m_head_edited = false;
};

}  // namespace menpai::fuzz
