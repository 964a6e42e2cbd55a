// SPDX-License-Identifier: Apache-2.0
// Cleaning many texts in one request: a batch as one JSON document, or NDJSON as it comes. Nothing of the texts is
// kept, logged or audited; what is recorded is who asked and how many rows. One request is answered by one library
// throughout, whatever is put in its place meanwhile.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "app/application.hpp"
#include "base/error.hpp"

namespace menpai::app {

inline constexpr int clean_top_default = 5;
inline constexpr int clean_top_max = 50;

/// {"texts":[…],"region":"…","top":5} → {"answers":[…],"library":"…"}, one answer a text in the order of the texts,
/// made in pieces so that others get their turn between them.
class CleanBatch {
 public:
  /// The most bytes of the document, from the settings.
  static std::uint64_t body_bytes_max(const Application& app);

  /// Throws what the policy says; busy if the caller has too much under way; bad_request that says what is wrong with
  /// the document; too_large for too many texts; unavailable without a library.
  CleanBatch(Application& app, const Caller& caller, std::string_view json);
  ~CleanBatch();
  CleanBatch(const CleanBatch&) = delete;
  CleanBatch& operator=(const CleanBatch&) = delete;

  /// Appends the next piece of the answer; false if it was the last.
  bool next(std::string& out);

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

/// NDJSON: a line {"id":…,"text":"…","region":"…"} in, a line {"id":…,"answer":{…}} out, in the same order. A line that
/// is wrong gets {"id":…,"line":n,"error":{"code","message"}} in its place and the stream goes on. Behind the last line
/// stands {"summary":{"lines","answered","refused","grade_count","library","complete"}}: lines = answered + refused,
/// and answered is the sum of the grades. Blank lines are passed over. Memory is a piece and a line, whatever the
/// length.
class CleanStream {
 public:
  /// `region` and `top` are for lines that name none. Throws as CleanBatch.
  CleanStream(Application& app, const Caller& caller, std::string_view region, int top);
  ~CleanStream();
  CleanStream(const CleanStream&) = delete;
  CleanStream& operator=(const CleanStream&) = delete;

  /// Answers the lines that `bytes` ends; returns how long the caller has to wait for his next ones. Throws
  /// unauthenticated once the caller's session or token has ended.
  std::chrono::milliseconds take(std::string_view bytes, std::string& out);
  /// Answers the last line, if it has no line end, and says the sums.
  void finish(std::string& out);
  /// The last line of a stream that is broken off: the error and the sums so far, "complete" false.
  std::string last_words(ErrorCode code, std::string_view message) const;

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

}  // namespace menpai::app
