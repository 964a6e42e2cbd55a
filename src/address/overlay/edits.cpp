// SPDX-License-Identifier: Apache-2.0
#include "address/overlay/edits.hpp"

#include <algorithm>
#include <thread>

namespace menpai::address {

Edits::Edits(const std::function<std::unique_ptr<Patch>()>& make) : m_copies{make(), make()} {}

Edits::Reader::Reader(std::shared_ptr<const Edits> edits) : m_edits(std::move(edits)) {
  const std::lock_guard lock(m_edits->m_mutex);
  m_edits->m_readers.push_back(this);
}

Edits::Reader::~Reader() {
  const std::lock_guard lock(m_edits->m_mutex);
  std::erase(m_edits->m_readers, this);
}

const Patch& Edits::Reader::enter() {
  // Said first, then looked at again: a writer that sends readers to the other copy after the second look sees the
  // word.
  for (;;) {
    const int active = m_edits->m_active.load();
    m_place.store(active);
    if (m_edits->m_active.load() == active) return *m_edits->m_copies[static_cast<std::size_t>(active)];
  }
}

void Edits::change(const std::function<void(Patch&)>& change) {
  const int old = m_active.load();
  const auto apply = [&](int copy) {
    Patch& patch = *m_copies[static_cast<std::size_t>(copy)];
    change(patch);
    ++patch.version;
  };
  apply(1 - old);
  m_active.store(1 - old);
  const auto is_used = [&] {
    const std::lock_guard lock(m_mutex);
    return std::any_of(m_readers.begin(), m_readers.end(), [&](const Reader* r) { return r->m_place.load() == old; });
  };
  while (is_used()) std::this_thread::yield();
  apply(old);
}

}  // namespace menpai::address
