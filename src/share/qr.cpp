// SPDX-License-Identifier: Apache-2.0
#include "share/qr.hpp"

#include <memory>
#include <qrencode.h>
#include <string>

#include "base/error.hpp"

namespace menpai::share {
namespace {

struct Free {
  void operator()(QRinput* input) const { QRinput_free(input); }
  void operator()(QRcode* code) const { QRcode_free(code); }
};

/// Shorter runs cost more in their heads than they save.
constexpr std::size_t digit_run_min = 13;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_alphanumeric(char c) {
  return c != '\0' &&
         std::string_view("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:").find(c) != std::string_view::npos;
}

std::size_t digits_from(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end - at;
}

void append(QRinput* input, QRencodeMode mode, std::string_view part) {
  if (part.empty()) return;
  if (QRinput_append(input, mode, static_cast<int>(part.size()), reinterpret_cast<const unsigned char*>(part.data())) !=
      0) {
    throw Error(ErrorCode::too_large, "This text is too long for a QR code.");
  }
}

/// Long runs of digits as numbers, what stands between as capitals where it is that, else as bytes.
void append_all(QRinput* input, std::string_view text) {
  std::size_t begin = 0;
  std::size_t at = 0;
  const auto flush = [&](std::size_t end) {
    const std::string_view part = text.substr(begin, end - begin);
    bool is_capitals = true;
    for (const char c : part) is_capitals = is_capitals && is_alphanumeric(c);
    append(input, is_capitals ? QR_MODE_AN : QR_MODE_8, part);
  };
  while (at < text.size()) {
    const std::size_t digits = digits_from(text, at);
    if (digits >= digit_run_min) {
      flush(at);
      append(input, QR_MODE_NUM, text.substr(at, digits));
      begin = at + digits;
    }
    at += digits > 0 ? digits : 1;
  }
  flush(text.size());
}

}  // namespace

QrCode make_qr(std::string_view text, int version_max) {
  const std::unique_ptr<QRinput, Free> input(QRinput_new2(0, QR_ECLEVEL_M));
  if (!input) throw Error(ErrorCode::internal, "No QR code could be made.");
  append_all(input.get(), text);
  const std::unique_ptr<QRcode, Free> code(QRcode_encodeInput(input.get()));
  if (!code || code->version > version_max) {
    throw Error(ErrorCode::too_large, "The text is too long for a QR code of version " + std::to_string(version_max) +
                                          " that can be read from its place. Choose a shorter address for plates.");
  }
  QrCode made{code->version, code->width, {}};
  made.modules.reserve(static_cast<std::size_t>(code->width) * static_cast<std::size_t>(code->width));
  for (int i = 0; i < code->width * code->width; ++i) made.modules.push_back((code->data[i] & 1) != 0);
  return made;
}

}  // namespace menpai::share
