// SPDX-License-Identifier: Apache-2.0
// Turns the bytes before the blank line into a RequestHead, strictly: where two readers could understand a request
// differently (request smuggling), it is refused.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "http/message.hpp"

namespace menpai::http {

struct Refusal {
  int status = 400;
  std::string message;
};

/// `raw` ends with the blank line. Refuses, beyond what the grammar of RFC 9112 forbids: folded lines (section 5.2),
/// bare CR or LF, several Host, Content-Length or Transfer-Encoding fields, Content-Length beside Transfer-Encoding
/// (section 6.3), any coding but "chunked", Transfer-Encoding in HTTP/1.0, a second value of a field on which a
/// decision rests (Cookie, Origin, X-Menpai, If-Match …), targets that are not in origin form, more than 64 fields.
std::optional<Refusal> parse_head(std::string_view raw, RequestHead& head);

/// Where the head ends in `bytes`: the position behind the blank line; 0 if it is not there yet. `broken` is set when a
/// line ends without CR, or a NUL shows that this is not HTTP: waiting for more is useless then.
std::size_t find_head_end(std::string_view bytes, std::size_t searched, bool& broken);

}  // namespace menpai::http
