// SPDX-License-Identifier: Apache-2.0
// Engines for the library in use: taken for one question, given back after. Replacing the library does not wait for
// anybody: questions under way finish on the old one.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "address/engine.hpp"

namespace menpai::app {

class EnginePool {
 public:
  /// `library` gives the library in use.
  explicit EnginePool(std::function<std::shared_ptr<const address::Library>()> library)
      : m_library(std::move(library)) {}
  /// Of engines made from now on.
  void set_grade_rules(const address::GradeRules& rules) { m_rules = rules; }

  /// An engine of one's own until it is destroyed.
  class Lease {
   public:
    Lease(EnginePool& pool, std::shared_ptr<const address::Library> library, std::unique_ptr<address::Engine> engine)
        : m_pool(&pool), m_library(std::move(library)), m_engine(std::move(engine)) {}
    Lease(Lease&&) noexcept = default;
    Lease& operator=(Lease&&) = delete;
    ~Lease();
    address::Engine* operator->() const { return m_engine.get(); }
    const address::Library& library() const { return *m_library; }

   private:
    EnginePool* m_pool;
    std::shared_ptr<const address::Library> m_library;
    std::unique_ptr<address::Engine> m_engine;
  };
  /// Throws what `library` throws if there is none.
  Lease take();

 private:
  static constexpr std::size_t idle_max = 16;
  std::function<std::shared_ptr<const address::Library>()> m_library;
  address::GradeRules m_rules;
  std::mutex m_mutex;
  std::shared_ptr<const address::Library> m_idle_library;
  std::vector<std::unique_ptr<address::Engine>> m_idle;  // all of m_idle_library
};

}  // namespace menpai::app
