// SPDX-License-Identifier: Apache-2.0
// What a statement gave back: rows with typed columns.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

#include "store/wire.hpp"

struct pg_result;

namespace menpai::store {

/// One row of a Result; valid as long as the Result lives.
class Row {
 public:
  Row(pg_result* result, int row) : m_result(result), m_row(row) {}

  bool is_null(int column) const;

  /// The value of a column, counted from 0. NULL needs std::optional; anything else throws internal, as does a type
  /// that the column does not have.
  template <class T>
  T get(int column) const {
    if constexpr (wire::IsOptional<T>::value) {
      if (is_null(column)) return std::nullopt;
      return get<typename wire::IsOptional<T>::Value>(column);
    } else {
      return Wire<T>::get(type(column), bytes(column));
    }
  }

  /// All columns at once: auto [id, name] = row.as<Uuid, std::string>();
  template <class... T>
  std::tuple<T...> as() const {
    check_width(static_cast<int>(sizeof...(T)));
    return as_impl<T...>(std::index_sequence_for<T...>{});
  }

 private:
  template <class... T, std::size_t... I>
  std::tuple<T...> as_impl(std::index_sequence<I...>) const {
    return std::tuple<T...>{get<T>(static_cast<int>(I))...};
  }
  unsigned type(int column) const;
  std::string_view bytes(int column) const;  // throws internal for NULL
  void check_width(int columns) const;

  pg_result* m_result;
  int m_row;
};

class Result {
 public:
  explicit Result(pg_result* result);

  int size() const;
  bool empty() const { return size() == 0; }
  /// Rows inserted, updated or deleted.
  std::uint64_t affected() const;

  Row operator[](int row) const { return {m_result.get(), row}; }
  /// The first row, or nothing.
  std::optional<Row> first() const;
  /// The only row. Throws internal if there are none or several.
  Row only() const;

  class Iterator {
   public:
    Iterator(pg_result* result, int row) : m_result(result), m_row(row) {}
    Row operator*() const { return {m_result, m_row}; }
    Iterator& operator++() {
      ++m_row;
      return *this;
    }
    bool operator==(const Iterator&) const = default;

   private:
    pg_result* m_result;
    int m_row;
  };
  Iterator begin() const { return {m_result.get(), 0}; }
  Iterator end() const { return {m_result.get(), size()}; }

 private:
  struct Clear {
    void operator()(pg_result* result) const;
  };
  std::unique_ptr<pg_result, Clear> m_result;
};

}  // namespace menpai::store
