// SPDX-License-Identifier: Apache-2.0
#include "app/engine_pool.hpp"

namespace menpai::app {

EnginePool::Lease EnginePool::take() {
  std::shared_ptr<const address::Library> library = m_library();
  {
    std::vector<std::unique_ptr<address::Engine>> outdated;  // destroyed outside the lock
    const std::lock_guard lock(m_mutex);
    if (m_idle_library != library) {
      m_idle_library = library;
      outdated.swap(m_idle);
    }
    if (!m_idle.empty()) {
      std::unique_ptr<address::Engine> engine = std::move(m_idle.back());
      m_idle.pop_back();
      return {*this, std::move(library), std::move(engine)};
    }
  }
  auto engine = std::make_unique<address::Engine>(library);
  engine->set_grade_rules(m_rules);
  return {*this, std::move(library), std::move(engine)};
}

EnginePool::Lease::~Lease() {
  if (!m_engine) return;
  const std::lock_guard lock(m_pool->m_mutex);
  if (m_library == m_pool->m_idle_library && m_pool->m_idle.size() < idle_max) {
    m_pool->m_idle.push_back(std::move(m_engine));
  }
}

}  // namespace menpai::app
