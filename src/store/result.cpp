// SPDX-License-Identifier: Apache-2.0
#include "store/result.hpp"

#include <charconv>
#include <libpq-fe.h>
#include <string>

#include "base/error.hpp"

namespace menpai::store {
namespace {

[[noreturn]] void throw_unexpected(const std::string& detail) {
  throw Error(ErrorCode::internal, "The program and its database statements do not fit together.", detail);
}

}  // namespace

bool Row::is_null(int column) const {
  return PQgetisnull(m_result, m_row, column) == 1;
}

unsigned Row::type(int column) const {
  return PQftype(m_result, column);
}

std::string_view Row::bytes(int column) const {
  if (column >= PQnfields(m_result)) throw_unexpected("column " + std::to_string(column) + " does not exist");
  if (is_null(column)) throw_unexpected("column " + std::string(PQfname(m_result, column)) + " is NULL");
  return {PQgetvalue(m_result, m_row, column), static_cast<std::size_t>(PQgetlength(m_result, m_row, column))};
}

void Row::check_width(int columns) const {
  if (PQnfields(m_result) != columns) {
    throw_unexpected(std::to_string(PQnfields(m_result)) + " columns, read as " + std::to_string(columns));
  }
}

Result::Result(pg_result* result) : m_result(result) {}

void Result::Clear::operator()(pg_result* result) const {
  PQclear(result);
}

int Result::size() const {
  return PQntuples(m_result.get());
}

std::uint64_t Result::affected() const {
  const std::string_view text = PQcmdTuples(m_result.get());
  std::uint64_t count = 0;
  std::from_chars(text.data(), text.data() + text.size(), count);
  return count;
}

std::optional<Row> Result::first() const {
  if (empty()) return std::nullopt;
  return (*this)[0];
}

Row Result::only() const {
  if (size() != 1) throw_unexpected(std::to_string(size()) + " rows where one is expected");
  return (*this)[0];
}

}  // namespace menpai::store
