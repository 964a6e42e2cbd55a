// SPDX-License-Identifier: Apache-2.0
// POST /api/v1/clean: many texts in one request, as one JSON document or as a stream of NDJSON both ways.
#include <algorithm>

#include "app/clean_text.hpp"
#include "http/routes.hpp"

namespace menpai::http {
namespace {

constexpr std::string_view ndjson = "application/x-ndjson";

/// The media type without its parameters.
std::string_view media_type(const Request& request) {
  const std::string_view field = request.head.field("content-type");
  return trim(field.substr(0, std::min(field.find(';'), field.size())));
}

/// Who asks for more than his share is told to come later, with the status that says so.
template <class Step>
auto with_share(const Step& step) {
  try {
    return step();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::busy) throw;
    throw StatusError(429, ErrorCode::busy, error.what(), {{"Retry-After", "5"}});
  }
}

class BatchSource final : public BodySource {
 public:
  explicit BatchSource(std::unique_ptr<app::CleanBatch> batch) : m_batch(std::move(batch)) {}
  Step next(std::string& bytes) override { return m_batch->next(bytes) ? Step::more : Step::end; }

 private:
  std::unique_ptr<app::CleanBatch> m_batch;
};

/// Collects the document; it is answered in pieces, so that a long batch takes turns with others' work.
class BatchSink final : public BodySink {
 public:
  BatchSink(app::Application& app, const Request& request)
      : m_app(app), m_caller(request.caller), m_max(app::CleanBatch::body_bytes_max(app)) {
    if (request.head.content_length.value_or(0) > m_max) refuse();
  }
  void write(std::string_view bytes) override {
    if (m_body.size() + bytes.size() > m_max) refuse();
    m_body += bytes;
  }
  Response finish() override {
    auto batch = with_share([&] { return std::make_unique<app::CleanBatch>(m_app, m_caller, m_body); });
    Response response;
    response.with("Content-Type", "application/json");
    response.source = std::make_unique<BatchSource>(std::move(batch));
    return response;
  }

 private:
  [[noreturn]] void refuse() const {
    throw Error(ErrorCode::too_large, "One JSON document may have " + std::to_string(m_max) +
                                          " bytes. Send more as lines, with Content-Type: application/x-ndjson.");
  }
  app::Application& m_app;
  Caller m_caller;
  std::uint64_t m_max;
  std::string m_body;
};

class StreamSink final : public BodySink, public Dialogue {
 public:
  StreamSink(app::Application& app, const Request& request)
      : m_stream(app, request.caller, request.query_or("region", ""),
                 static_cast<int>(request.query_number("top", app::clean_top_default, 1, app::clean_top_max))) {}

  Dialogue* dialogue() override { return this; }
  Response begin() override {
    Response response;
    response.with("Content-Type", std::string(ndjson));
    response.with("X-Accel-Buffering", "no");
    return response;
  }
  std::chrono::milliseconds turn(std::string_view piece, bool is_last, std::string& out) override {
    const std::chrono::milliseconds wait = m_stream.take(piece, out);
    if (is_last) m_stream.finish(out);
    return wait;
  }
  std::string last_words(ErrorCode code, std::string_view message) override {
    return m_stream.last_words(code, message);
  }
  // A dialogue is never asked for these.
  void write(std::string_view) override {}
  Response finish() override { return empty_response(); }

 private:
  app::CleanStream m_stream;
};

std::unique_ptr<BodySink> open_sink(app::Application& app, Request& request) {
  const std::string_view type = media_type(request);
  if (equal_ignoring_case(type, "application/json")) {
    request.allow_query({});
    return std::make_unique<BatchSink>(app, request);
  }
  if (equal_ignoring_case(type, ndjson)) {
    request.allow_query({"region", "top"});
    return with_share([&] { return std::make_unique<StreamSink>(app, request); });
  }
  throw Error(ErrorCode::unsupported,
              "Send Content-Type: application/json with {\"texts\":[…]}, or application/x-ndjson with a line "
              "{\"id\":…,\"text\":\"…\"} for each address.");
}

}  // namespace

void add_clean_routes(RouteTable& table, app::Application& app, std::uint64_t stream_bytes_max) {
  table.add({.method = Method::post,
             .pattern = "/api/v1/clean",
             .action = Action::clean_text,
             .open_sink = [&app](Request& request) { return open_sink(app, request); },
             .body_max = stream_bytes_max,
             .lane = Lane::heavy});
}

}  // namespace menpai::http
