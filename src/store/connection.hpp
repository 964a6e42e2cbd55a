// SPDX-License-Identifier: Apache-2.0
// One connection to PostgreSQL: named statements with typed, always bound values; rows back; COPY in; transactions.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include "store/query.hpp"
#include "store/result.hpp"
#include "store/wire.hpp"

struct pg_conn;

namespace menpai::store {

/// The values of one call, in PostgreSQL's binary form.
class Parameters {
 public:
  template <class... A>
  static Parameters of(const A&... values) {
    Parameters parameters;
    (parameters.add(values), ...);
    return parameters;
  }

  template <class T>
  void add(const T& value) {
    if constexpr (std::is_array_v<T> || std::is_same_v<T, char*>) {
      add<std::string_view>(value);
    } else if constexpr (wire::IsOptional<T>::value) {
      if (value) {
        add(*value);
      } else {
        m_types.push_back(Wire<typename wire::IsOptional<T>::Value>::oid);
        m_spans.push_back({0, -1});
      }
    } else {
      m_types.push_back(Wire<T>::oid);
      const std::size_t at = m_bytes.size();
      Wire<T>::put(m_bytes, value);
      m_spans.push_back({at, static_cast<int>(m_bytes.size() - at)});
    }
  }

  int count() const { return static_cast<int>(m_types.size()); }
  const unsigned* types() const { return m_types.data(); }

 private:
  friend class Connection;
  struct Span {
    std::size_t at;
    int length;  ///< -1 for NULL
  };
  std::vector<unsigned> m_types;
  std::vector<Span> m_spans;
  std::string m_bytes;
};

class CopyIn;

/// Not shared between threads. Statements are prepared on first use. Every failure throws DatabaseError; a connection
/// that died stays dead (usable() is false) and the pool replaces it.
class Connection {
 public:
  /// Connects within `wait` or throws unavailable. `conninfo` is libpq's; it is never logged, it may hold a password.
  static std::unique_ptr<Connection> open(const std::string& conninfo, std::chrono::seconds wait);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  template <class... A>
  Result run(const Query& query, const A&... values) {
    return run_with(query, Parameters::of(values...));
  }
  Result run_with(const Query& query, const Parameters& parameters);

  /// Runs a query and hands its rows over one by one as they arrive: memory does not grow with their number. Nothing
  /// else may run on this connection inside `on_row`. An exception from it stops the query.
  template <class... A>
  void stream(const Query& query, const std::function<void(const Row&)>& on_row, const A&... values) {
    stream_with(query, on_row, Parameters::of(values...));
  }
  void stream_with(const Query& query, const std::function<void(const Row&)>& on_row, const Parameters& parameters);

  /// One statement of the program's own text, without values: migrations, BEGIN, COMMIT.
  Result run_text(std::string_view sql, std::string_view name);

  /// False if the server has ended this connection; looks at the socket, sends nothing.
  bool usable();
  bool in_transaction() const;
  /// In a transaction that has failed and can only be rolled back.
  bool in_failed_transaction() const;
  /// Asks the server to stop what this connection is doing; may be called from another thread.
  void cancel();
  int backend_pid() const;

 private:
  friend class CopyIn;
  explicit Connection(pg_conn* connection);
  const std::string& prepare(const Query& query, const Parameters& parameters);
  Result take(pg_result* result, const char* doing);
  [[noreturn]] void throw_failure(pg_result* result, const char* doing);
  void drain();

  pg_conn* m_connection;
  std::unordered_map<const char*, std::string> m_prepared;  // by the text of the program
};

/// A transaction: rolled back unless committed.
class Transaction {
 public:
  explicit Transaction(Connection& connection);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  template <class... A>
  Result run(const Query& query, const A&... values) {
    return m_connection.run(query, values...);
  }
  /// How long one statement of this transaction may take; 0 for no limit.
  void set_statement_timeout(std::chrono::milliseconds limit);
  void commit();
  Connection& connection() { return m_connection; }

 private:
  Connection& m_connection;
  bool m_open = true;
};

/// COPY … FROM STDIN (FORMAT binary): the quickest way in. Give each row's values in the order of the statement's
/// columns. Nothing is stored unless finish() returns.
class CopyIn {
 public:
  CopyIn(Connection& connection, const Query& query);
  ~CopyIn();
  CopyIn(const CopyIn&) = delete;
  CopyIn& operator=(const CopyIn&) = delete;

  template <class... A>
  void row(const A&... values) {
    wire::put_big_endian(m_buffer, static_cast<std::uint16_t>(sizeof...(A)));
    (put(values), ...);
    if (m_buffer.size() >= flush_bytes) flush();
  }
  /// Ends the COPY; the number of rows stored.
  std::uint64_t finish();

 private:
  static constexpr std::size_t flush_bytes = 64 * 1024;
  template <class T>
  void put(const T& value) {
    if constexpr (std::is_array_v<T>) {
      wire::put_field(m_buffer, std::string_view(value));
    } else {
      wire::put_field(m_buffer, value);
    }
  }
  void flush();

  Connection& m_connection;
  const Query& m_query;
  std::string m_buffer;
  bool m_open = false;
};

}  // namespace menpai::store
