// SPDX-License-Identifier: Apache-2.0
#include "app/clean_text.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <span>
#include <vector>

#include "access/policy.hpp"
#include "app/accounts.hpp"
#include "app/answer_json.hpp"
#include "app/clean_request.hpp"
#include "app/door.hpp"
#include "app/parts.hpp"

namespace menpai::app {
namespace {

constexpr std::size_t piece_rows = 256;
constexpr std::uint64_t bytes_a_text = 2048;  // of a batch's document, on the average at most
constexpr auto sign_in_check_time = std::chrono::seconds(5);

/// One request at work: its right to work, its engine, and the record of how much it did.
struct Work {
  Work(Application& application, const Caller& asker)
      : app((require(application, asker, Action::clean_text, "request"), application)),
        caller(asker),
        pass(app.parts().clean_gate->enter(caller)),
        engine(app.parts().engines.take()) {}
  ~Work() {
    if (rows == 0) return;
    // One record with the number of rows; of the rows themselves nothing.
    constexpr std::uint64_t most = std::numeric_limits<int>::max() / 2;
    app.parts().audit->count(
        {caller, Action::clean_text, "row", {}, true, "role", static_cast<int>(std::min<std::uint64_t>(rows, most))});
  }
  Work(const Work&) = delete;
  Work& operator=(const Work&) = delete;

  const std::string& region_or_own(const std::string& region) const {
    return region.empty() ? app.settings().region : region;
  }

  Application& app;
  Caller caller;
  CleanGate::Pass pass;
  EnginePool::Lease engine;
  address::Query query;
  std::uint64_t rows = 0;
};

}  // namespace

// ---- a batch

struct CleanBatch::State : Work {
  using Work::Work;
  std::vector<std::string> texts;
  std::vector<Answer> answers;
  std::size_t done = 0;
};

std::uint64_t CleanBatch::body_bytes_max(const Application& app) {
  return 65536 + bytes_a_text * app.settings().service_rows_max;
}

CleanBatch::CleanBatch(Application& app, const Caller& caller, std::string_view json)
    : m_state(std::make_unique<State>(app, caller)) {
  CleanBatchRequest request = parse_clean_batch(json, app.settings().service_rows_max);
  m_state->texts = std::move(request.texts);
  m_state->query = {m_state->region_or_own(request.region), request.top};
  m_state->pass.charge(m_state->texts.size());
}

CleanBatch::~CleanBatch() = default;

bool CleanBatch::next(std::string& out) {
  State& state = *m_state;
  if (state.done == 0) out += "{\"answers\":[";
  const std::size_t end = std::min(state.done + piece_rows, state.texts.size());
  const std::vector<std::string_view> texts(state.texts.begin() + static_cast<std::ptrdiff_t>(state.done),
                                            state.texts.begin() + static_cast<std::ptrdiff_t>(end));
  state.answers.resize(texts.size());
  state.engine->clean_batch(texts, state.query, state.answers);
  for (const Answer& answer : state.answers) {
    if (state.done++ > 0) out += ',';
    append_answer_json(out, answer);
  }
  state.rows += texts.size();
  if (state.done < state.texts.size()) return true;
  out += "],\"library\":";
  append_json_string(out, state.engine.library().facts().digest);
  out += '}';
  return false;
}

// ---- a stream

struct CleanStream::State : Work {
  using Work::Work;

  /// Lines of one region are gathered and answered together, which is faster.
  void take_line(std::string_view json, std::string& out) {
    if (json.find_first_not_of(" \t\r") == std::string_view::npos) return;
    reader.read(json, line);
    if (line.error != nullptr) return refuse_line(line.id, ErrorCode::bad_request, line.error, out);
    const std::string_view where = line.region.empty() ? std::string_view(region) : line.region;
    if (where != query.region || count == piece_rows) answer_gathered(out);
    query.region = where;
    if (count == ids.size()) {
      ids.emplace_back();
      texts.emplace_back();
    }
    ids[count] = line.id;
    texts[count] = line.text;
    ++count;
    ++lines;
  }

  void answer_gathered(std::string& out) {
    if (count == 0) return;
    const std::vector<std::string_view> views(texts.begin(), texts.begin() + static_cast<std::ptrdiff_t>(count));
    answers.resize(std::max(answers.size(), count));
    engine->clean_batch(views, query, std::span(answers).first(count));
    for (std::size_t i = 0; i < count; ++i) {
      ++grade_count[static_cast<std::size_t>(answers[i].grade)];
      out += "{\"id\":";
      out += ids[i];
      out += ",\"answer\":";
      append_answer_json(out, answers[i]);
      out += "}\n";
    }
    rows += count;
    count = 0;
  }

  void refuse_line(std::string_view id, ErrorCode code, std::string_view message, std::string& out) {
    answer_gathered(out);
    ++lines;
    ++refused;
    out += "{\"id\":";
    out += id;
    out += ",\"line\":" + std::to_string(lines) + ",";
    append_error(code, message, out);
    out += "}\n";
  }

  static void append_error(ErrorCode code, std::string_view message, std::string& out) {
    out += "\"error\":{\"code\":";
    append_json_string(out, error_code_name(code));
    out += ",\"message\":";
    append_json_string(out, message);
    out += '}';
  }

  void append_summary(bool is_complete, std::string& out) const {
    // What was read and not answered yet does not count: a stream that is cut says what it has answered.
    const std::uint64_t answered = std::accumulate(grade_count.begin(), grade_count.end(), std::uint64_t{0});
    out += "\"summary\":{\"lines\":" + std::to_string(answered + refused) +
           ",\"answered\":" + std::to_string(answered) + ",\"refused\":" + std::to_string(refused) +
           ",\"grade_count\":{";
    for (std::size_t i = 0; i < grade_count.size(); ++i) {
      if (i > 0) out += ',';
      append_json_string(out, grade_name(static_cast<Grade>(i)));
      out += ':' + std::to_string(grade_count[i]);
    }
    out += "},\"library\":";
    append_json_string(out, engine.library().facts().digest);
    out += is_complete ? ",\"complete\":true}" : ",\"complete\":false}";
  }

  /// The bytes of a line too long are let go as they come; what remains of it is its place.
  void keep(std::string_view bytes) {
    if (is_too_long) return;
    if (begun.size() + bytes.size() <= app.settings().service_line_bytes_max) {
      begun += bytes;
      return;
    }
    is_too_long = true;
    begun.clear();
  }

  void end_line(std::string_view bytes, std::string& out) {
    if (begun.empty() && !is_too_long && bytes.size() <= app.settings().service_line_bytes_max) {
      return take_line(bytes, out);
    }
    keep(bytes);
    if (is_too_long) {
      refuse_line("null", ErrorCode::too_large,
                  "The line is longer than " + std::to_string(app.settings().service_line_bytes_max) +
                      " bytes (service.line_bytes_max).",
                  out);
    } else {
      take_line(begun, out);
    }
    begun.clear();
    is_too_long = false;
  }

  void check_signed_in() {
    const auto now = std::chrono::steady_clock::now();
    if (now - checked_at < sign_in_check_time) return;
    checked_at = now;
    if (is_still_signed_in(app, caller)) return;
    throw Error(ErrorCode::unauthenticated, "The session has ended or the service token was revoked. Sign in again.");
  }

  std::string region;
  CleanLineReader reader;
  CleanLine line;
  std::vector<std::string> ids, texts;  ///< of the lines gathered, the first `count`
  std::vector<Answer> answers;
  std::size_t count = 0;
  std::string begun;  ///< of a line whose end has not come
  bool is_too_long = false;
  std::uint64_t lines = 0;
  std::uint64_t refused = 0;
  std::array<std::uint64_t, 4> grade_count{};
  std::chrono::steady_clock::time_point checked_at = std::chrono::steady_clock::now();
};

CleanStream::CleanStream(Application& app, const Caller& caller, std::string_view region, int top)
    : m_state(std::make_unique<State>(app, caller)) {
  check_region(region);
  check_top(top);
  m_state->region = m_state->region_or_own(std::string(region));
  m_state->query.top = top;
}

CleanStream::~CleanStream() = default;

std::chrono::milliseconds CleanStream::take(std::string_view bytes, std::string& out) {
  State& state = *m_state;
  state.check_signed_in();
  const std::uint64_t before = state.lines;
  for (std::size_t end = bytes.find('\n'); end != std::string_view::npos; end = bytes.find('\n')) {
    state.end_line(bytes.substr(0, end), out);
    bytes.remove_prefix(end + 1);
  }
  state.keep(bytes);
  state.answer_gathered(out);
  return state.pass.charge(state.lines - before);
}

void CleanStream::finish(std::string& out) {
  State& state = *m_state;
  if (!state.begun.empty() || state.is_too_long) state.end_line({}, out);
  state.answer_gathered(out);
  out += '{';
  state.append_summary(true, out);
  out += "}\n";
}

std::string CleanStream::last_words(ErrorCode code, std::string_view message) const {
  std::string out = "{";
  State::append_error(code, message, out);
  out += ',';
  m_state->append_summary(false, out);
  out += "}\n";
  return out;
}

}  // namespace menpai::app
