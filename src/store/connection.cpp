// SPDX-License-Identifier: Apache-2.0
#include "store/connection.hpp"

#include <libpq-fe.h>
#include <poll.h>

#include "base/error.hpp"
#include "store/sqlstate.hpp"

namespace menpai::store {
namespace {

/// libpq wants pointers; they are taken once all bytes are in place.
struct Pointers {
  std::vector<const char*> values;
  std::vector<int> lengths;
  std::vector<int> formats;
};

constexpr int binary = 1;

template <class Spans>
Pointers pointers_of(const std::string& bytes, const Spans& spans) {
  Pointers out;
  for (const auto& span : spans) {
    out.values.push_back(span.length < 0 ? nullptr : bytes.data() + span.at);
    out.lengths.push_back(std::max(span.length, 0));
  }
  out.formats.assign(spans.size(), binary);
  return out;
}

/// Values never reach the server's log or our own: no notice is printed to standard error.
void ignore_notice(void*, const PGresult*) {}

}  // namespace

Connection::Connection(pg_conn* connection) : m_connection(connection) {}

Connection::~Connection() {
  PQfinish(m_connection);
}

std::unique_ptr<Connection> Connection::open(const std::string& conninfo, std::chrono::seconds wait) {
  // What the caller gives wins over these defaults, because libpq takes the last of a repeated keyword; the expanded
  // string is the last one here, so only keywords that a user has no reason to set stand behind it.
  const std::string seconds = std::to_string(std::max<long>(2, static_cast<long>(wait.count())));
  const char* const keywords[] = {"application_name",
                                  "connect_timeout",
                                  "keepalives_idle",
                                  "tcp_user_timeout",
                                  "dbname",
                                  "client_encoding",
                                  nullptr};
  const char* const values[] = {"menpai", seconds.c_str(), "30", "20000", conninfo.c_str(), "UTF8", nullptr};
  PGconn* raw = PQconnectdbParams(keywords, values, 1);
  if (raw == nullptr) throw Error(ErrorCode::internal, "Out of memory.");
  std::unique_ptr<Connection> connection(new Connection(raw));
  if (PQstatus(raw) != CONNECTION_OK) {
    const std::string said = PQerrorMessage(raw);
    std::string_view state = "08006";
    if (said.find("does not exist") != std::string::npos && said.find("database") != std::string::npos) state = "3D000";
    if (said.find("authentication failed") != std::string::npos || said.find("no pg_hba.conf") != std::string::npos) {
      state = "28000";
    }
    throw make_database_error(state, said, "connect");
  }
  PQsetNoticeReceiver(raw, ignore_notice, nullptr);
  connection->run_text(
      "SELECT set_config('statement_timeout', '60s', false), set_config('lock_timeout', '15s', false), "
      "set_config('idle_in_transaction_session_timeout', '120s', false), set_config('TimeZone', 'UTC', false), "
      "set_config('DateStyle', 'ISO', false)",
      "connect");
  return connection;
}

Result Connection::take(pg_result* result, const char* doing) {
  const ExecStatusType status = PQresultStatus(result);
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK && status != PGRES_SINGLE_TUPLE) {
    throw_failure(result, doing);
  }
  return Result(result);
}

void Connection::throw_failure(pg_result* result, const char* doing) {
  // The primary message alone: DETAIL and CONTEXT quote values.
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const char* primary = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  const char* constraint = PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME);
  std::string said = primary != nullptr ? primary : PQerrorMessage(m_connection);
  if (constraint != nullptr) said += std::string(" [") + constraint + "]";
  const std::string sqlstate = state != nullptr ? state : "08006";
  PQclear(result);
  throw make_database_error(sqlstate, said, doing);
}

const std::string& Connection::prepare(const Query& query, const Parameters& parameters) {
  const auto found = m_prepared.find(query.sql);
  if (found != m_prepared.end()) return found->second;
  take(PQprepare(m_connection, query.name, query.sql, parameters.count(), parameters.types()), query.name);
  return m_prepared.emplace(query.sql, query.name).first->second;
}

Result Connection::run_with(const Query& query, const Parameters& parameters) {
  const std::string& name = prepare(query, parameters);
  const Pointers p = pointers_of(parameters.m_bytes, parameters.m_spans);
  return take(PQexecPrepared(m_connection, name.c_str(), parameters.count(), p.values.data(), p.lengths.data(),
                             p.formats.data(), binary),
              query.name);
}

void Connection::stream_with(const Query& query, const std::function<void(const Row&)>& on_row,
                             const Parameters& parameters) {
  const std::string& name = prepare(query, parameters);
  const Pointers p = pointers_of(parameters.m_bytes, parameters.m_spans);
  if (PQsendQueryPrepared(m_connection, name.c_str(), parameters.count(), p.values.data(), p.lengths.data(),
                          p.formats.data(), binary) != 1) {
    throw make_database_error("08006", PQerrorMessage(m_connection), query.name);
  }
  PQsetSingleRowMode(m_connection);
  try {
    while (PGresult* raw = PQgetResult(m_connection)) {
      const Result result = take(raw, query.name);
      for (const Row row : result) on_row(row);
    }
  } catch (...) {
    cancel();
    drain();
    throw;
  }
}

void Connection::drain() {
  while (PGresult* rest = PQgetResult(m_connection)) {
    const ExecStatusType status = PQresultStatus(rest);
    PQclear(rest);
    if (status == PGRES_COPY_IN) PQputCopyEnd(m_connection, "given up");
    if (PQstatus(m_connection) != CONNECTION_OK) break;
  }
}

Result Connection::run_text(std::string_view sql, std::string_view name) {
  const std::string text(sql);
  const std::string doing(name);
  // The extended protocol takes exactly one statement.
  return take(PQexecParams(m_connection, text.c_str(), 0, nullptr, nullptr, nullptr, nullptr, binary), doing.c_str());
}

bool Connection::usable() {
  if (PQstatus(m_connection) != CONNECTION_OK) return false;
  pollfd socket{PQsocket(m_connection), POLLIN, 0};
  if (poll(&socket, 1, 0) > 0) {
    // A server that goes away says so or closes: both make the socket readable while nothing was asked.
    if (PQconsumeInput(m_connection) != 1) return false;
    socket.revents = 0;
    if (poll(&socket, 1, 0) > 0 && PQconsumeInput(m_connection) != 1) return false;
  }
  return PQstatus(m_connection) == CONNECTION_OK && PQtransactionStatus(m_connection) != PQTRANS_UNKNOWN;
}

bool Connection::in_transaction() const {
  return PQtransactionStatus(m_connection) != PQTRANS_IDLE;
}

bool Connection::in_failed_transaction() const {
  return PQtransactionStatus(m_connection) == PQTRANS_INERROR;
}

void Connection::cancel() {
  PGcancel* cancel = PQgetCancel(m_connection);
  if (cancel == nullptr) return;
  char message[256];
  PQcancel(cancel, message, sizeof message);
  PQfreeCancel(cancel);
}

int Connection::backend_pid() const {
  return PQbackendPID(m_connection);
}

Transaction::Transaction(Connection& connection) : m_connection(connection) {
  MENPAI_ASSERT(!connection.in_transaction(), "one transaction at a time on a connection");
  m_connection.run_text("BEGIN", "begin");
}

Transaction::~Transaction() {
  if (!m_open) return;
  try {
    m_connection.run_text("ROLLBACK", "roll back");
  } catch (const Error&) {
    // The connection is gone, and with it the transaction.
  }
}

void Transaction::set_statement_timeout(std::chrono::milliseconds limit) {
  m_connection.run_text("SET LOCAL statement_timeout = " + std::to_string(limit.count()), "statement timeout");
}

void Transaction::commit() {
  MENPAI_ASSERT(m_open, "a transaction is committed once");
  // COMMIT of a failed transaction is answered with ROLLBACK and no error.
  if (m_connection.in_failed_transaction()) {
    throw Error(ErrorCode::internal, "The database refused a statement and nothing was stored.",
                "commit of a failed transaction");
  }
  m_open = false;
  m_connection.run_text("COMMIT", "commit");
}

CopyIn::CopyIn(Connection& connection, const Query& query) : m_connection(connection), m_query(query) {
  PGresult* result = PQexecParams(connection.m_connection, query.sql, 0, nullptr, nullptr, nullptr, nullptr, binary);
  if (PQresultStatus(result) != PGRES_COPY_IN) connection.throw_failure(result, query.name);
  PQclear(result);
  m_open = true;
  m_buffer.append("PGCOPY\n\377\r\n\0", 11);
  m_buffer.append(8, '\0');  // no flags, no extension
}

CopyIn::~CopyIn() {
  if (!m_open) return;
  PQputCopyEnd(m_connection.m_connection, "given up");
  m_connection.drain();
}

void CopyIn::flush() {
  const bool sent = PQputCopyData(m_connection.m_connection, m_buffer.data(), static_cast<int>(m_buffer.size())) == 1;
  m_buffer.clear();
  if (sent) return;
  m_open = false;
  if (PGresult* result = PQgetResult(m_connection.m_connection)) m_connection.throw_failure(result, m_query.name);
  throw make_database_error("08006", PQerrorMessage(m_connection.m_connection), m_query.name);
}

std::uint64_t CopyIn::finish() {
  wire::put_big_endian(m_buffer, static_cast<std::uint16_t>(0xffff));
  flush();
  m_open = false;
  if (PQputCopyEnd(m_connection.m_connection, nullptr) != 1) {
    throw make_database_error("08006", PQerrorMessage(m_connection.m_connection), m_query.name);
  }
  PGresult* raw = PQgetResult(m_connection.m_connection);
  std::uint64_t rows = 0;
  try {
    rows = m_connection.take(raw, m_query.name).affected();
  } catch (...) {
    m_connection.drain();
    throw;
  }
  m_connection.drain();
  return rows;
}

}  // namespace menpai::store
