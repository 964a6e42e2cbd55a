// SPDX-License-Identifier: Apache-2.0
// /api/v1/cleaning-jobs: upload a list, look at it, start, watch, settle rows, download.
#include <charconv>
#include <chrono>

#include "app/accounts.hpp"
#include "app/cleaning.hpp"
#include "http/json.hpp"
#include "http/json_in.hpp"
#include "http/routes.hpp"

namespace menpai::http {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::string_view base = "/api/v1/cleaning-jobs";
constexpr std::size_t column_max = 1000;
constexpr std::size_t region_max = 12;
constexpr std::uint64_t rows_max = 500;
constexpr std::size_t file_name_max = 255;
constexpr auto session_check_time = std::chrono::seconds(1);
constexpr auto heartbeat_time = std::chrono::seconds(15);

CleaningJobId job_id(const Request& request) {
  const auto id = Uuid::parse(request.param("id"));
  if (!id) throw Error(ErrorCode::not_found, "There is no such cleaning job.");
  return {*id};
}

/// The last part of a path, as some browsers send it.
std::string file_name(const Request& request) {
  const std::string given = request.query_or("name", "");
  std::string name = given.substr(given.find_last_of("/\\") == std::string::npos ? 0 : given.find_last_of("/\\") + 1);
  if (name.empty() || name.size() > file_name_max || name.find_first_of("\r\n\t") != std::string::npos) {
    throw Error(ErrorCode::bad_request, "Query parameter \"name\" must be the file's name, of 1 to 255 bytes.");
  }
  return name;
}

/// A file that is broken in itself is its sender's to mend; stored data that is broken would be ours.
template <class Step>
auto reading_a_file(const Step& step) {
  try {
    return step();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::damaged) throw;
    throw StatusError(422, ErrorCode::damaged, error.what());
  }
}

class UploadSink final : public BodySink {
 public:
  explicit UploadSink(std::unique_ptr<app::Upload> upload) : m_upload(std::move(upload)) {}
  void write(std::string_view bytes) override { m_upload->write(bytes); }
  Response finish() override {
    const CleaningJob job = reading_a_file([&] { return m_upload->finish(); });
    Response response = json_response(json_text(job), 201);
    response.with("Location", std::string(base) + "/" + job.id.text());
    return response;
  }

 private:
  std::unique_ptr<app::Upload> m_upload;
};

/// The job whenever it has changed, until it is done, is removed, or the session has ended.
class JobEvents final : public BodySource {
 public:
  JobEvents(app::Application& app, const Request& request, CleaningJob job)
      : m_app(app), m_caller(request.caller), m_token(request.session_token), m_id(job.id), m_job(std::move(job)) {}

  Step next(std::string& bytes) override {
    const auto now = SteadyClock::now();
    if (!m_first && !load(now)) return Step::end;
    m_first = false;
    std::string text = json_text(m_job);
    if (text != m_sent) {
      bytes = "event: job\ndata: " + text + "\n\n";
      m_sent = std::move(text);
      m_sent_at = now;
    } else if (now - m_sent_at >= heartbeat_time) {
      bytes = ": heartbeat\n\n";
      m_sent_at = now;
    }
    const bool done = m_job.state == JobState::finished || m_job.state == JobState::failed;
    return done ? Step::end : Step::wait;
  }

 private:
  bool load(SteadyClock::time_point now) {
    if (now - m_checked_at >= session_check_time) {
      if (!app::caller_of_session(m_app, m_token)) return false;
      m_checked_at = now;
    }
    try {
      m_job = app::cleaning_job(m_app, m_caller, m_id);
    } catch (const Error& error) {
      if (error.code() == ErrorCode::not_found) return false;
      throw;
    }
    return true;
  }

  app::Application& m_app;
  Caller m_caller;
  std::string m_token;
  CleaningJobId m_id;
  CleaningJob m_job;
  bool m_first = true;
  std::string m_sent;
  SteadyClock::time_point m_sent_at = SteadyClock::now();
  SteadyClock::time_point m_checked_at = SteadyClock::now();
};

class DownloadSource final : public BodySource {
 public:
  explicit DownloadSource(std::unique_ptr<app::Download> download) : m_download(std::move(download)) {}
  Step next(std::string& bytes) override { return m_download->read(bytes) ? Step::more : Step::end; }

 private:
  std::unique_ptr<app::Download> m_download;
};

Response preview(app::Application& app, Request& request) {
  request.allow_query({"column", "region"});
  const app::Preview shown = reading_a_file([&] {
    return app::preview_cleaning(app, request.caller, job_id(request), request.query_or("column", ""),
                                 request.query_or("region", ""));
  });
  return json_response(json_text(shown));
}

Response start(app::Application& app, Request& request) {
  const JsonIn body(request, {"column", "region"});
  const std::string column = body.text("column", column_max);
  const std::string region = body.text_or("region", region_max, "");
  return json_response(json_text(app::start_cleaning(app, request.caller, job_id(request), column, region)), 202);
}

Response events(app::Application& app, Request& request) {
  request.allow_query({});
  Response response;
  response.with("Content-Type", "text/event-stream");
  response.with("X-Accel-Buffering", "no");
  response.source = std::make_unique<JobEvents>(app, request, app::cleaning_job(app, request.caller, job_id(request)));
  return response;
}

Response rows(app::Application& app, Request& request) {
  request.allow_query({"filter", "after", "limit"});
  const std::string name = request.query_or("filter", "all");
  app::RowFilter filter = app::RowFilter::all;
  if (name == "held") {
    filter = app::RowFilter::held;
  } else if (name == "open") {
    filter = app::RowFilter::open;
  } else if (name == "decided") {
    filter = app::RowFilter::decided;
  } else if (name != "all") {
    throw Error(ErrorCode::bad_request, "Query parameter \"filter\" must be all, held, open or decided.");
  }
  const std::uint64_t after = request.query_number("after", 0, 0, INT64_MAX);
  const auto limit = static_cast<int>(request.query_number("limit", 100, 1, rows_max));
  return json_response(json_text(app::cleaning_rows(app, request.caller, job_id(request), filter, after, limit)));
}

Response decide(app::Application& app, Request& request) {
  const int version = expected_version(request, "decision");
  const JsonIn body(request, {"choice", "candidate"});
  const auto choice = parse_row_choice(body.text("choice", 20));
  if (!choice) throw Error(ErrorCode::bad_request, "\"choice\" must be open, accepted, candidate or unknown.");
  const auto candidate = static_cast<int>(body.number_or("candidate", 0, 1000, 0));
  const std::string& text = request.param("row");
  std::uint64_t row = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), row);
  if (error != std::errc() || end != text.data() + text.size() || row > INT64_MAX) {
    throw Error(ErrorCode::not_found, "There is no such row.");
  }
  try {
    const CleaningRow decided =
        app::decide_cleaning_row(app, request.caller, job_id(request), row, *choice, candidate, version);
    Response response = json_response(json_text(decided));
    response.with("ETag", "\"" + std::to_string(decided.decision.version) + "\"");
    return response;
  } catch (const Error& failed) {
    if (failed.code() != ErrorCode::conflict) throw;
    throw StatusError(412, ErrorCode::conflict, failed.what());
  }
}

Response result(app::Application& app, Request& request) {
  request.allow_query({"format"});
  const std::string format = request.query_or("format", "csv");
  if (format != "csv" && format != "xlsx") {
    throw Error(ErrorCode::bad_request, "Query parameter \"format\" must be csv or xlsx.");
  }
  auto download = app::download_cleaning(app, request.caller, job_id(request), format);
  Response response;
  response.with("Content-Type", download->content_type());
  response.with("Content-Disposition", "attachment; filename=\"result." + format + "\"; filename*=UTF-8''" +
                                           encode_percent(download->file_name()));
  response.source = std::make_unique<DownloadSource>(std::move(download));
  return response;
}

}  // namespace

void add_cleaning_routes(RouteTable& table, app::Application& app, std::uint64_t upload_bytes_max) {
  const std::string jobs(base);
  const std::string job = jobs + "/{id}";
  table.add({.method = Method::post,
             .pattern = jobs,
             .action = Action::clean_list,
             .open_sink = [&app](Request& request) -> std::unique_ptr<BodySink> {
               request.allow_query({"name"});
               return std::make_unique<UploadSink>(app::begin_upload(app, request.caller, file_name(request)));
             },
             .body_max = upload_bytes_max,
             .lane = Lane::heavy});
  const auto add = [&](Method method, std::string pattern, Action action, auto handler, std::uint64_t body_max,
                       Lane lane) {
    table.add({.method = method,
               .pattern = std::move(pattern),
               .action = action,
               .handle = [&app, handler](Request& request) { return handler(app, request); },
               .body_max = body_max,
               .lane = lane});
  };
  const auto list = [](app::Application& a, Request& request) {
    request.allow_query({});
    return json_response(json_items(app::list_cleaning_jobs(a, request.caller)));
  };
  const auto read = [](app::Application& a, Request& request) {
    request.allow_query({});
    return json_response(json_text(app::cleaning_job(a, request.caller, job_id(request))));
  };
  const auto remove = [](app::Application& a, Request& request) {
    app::delete_cleaning(a, request.caller, job_id(request));
    return empty_response();
  };
  add(Method::get, jobs, Action::clean_list, list, 0, Lane::quick);
  add(Method::get, job, Action::clean_list, read, 0, Lane::quick);
  add(Method::del, job, Action::clean_list, remove, 0, Lane::heavy);
  add(Method::get, job + "/preview", Action::clean_list, preview, 0, Lane::heavy);
  add(Method::post, job + "/start", Action::clean_list, start, 65536, Lane::quick);
  add(Method::get, job + "/events", Action::clean_list, events, 0, Lane::quick);
  add(Method::get, job + "/rows", Action::clean_list, rows, 0, Lane::quick);
  add(Method::put, job + "/rows/{row}/decision", Action::decide_row, decide, 65536, Lane::quick);
  add(Method::get, job + "/result", Action::clean_list, result, 0, Lane::heavy);
}

}  // namespace menpai::http
