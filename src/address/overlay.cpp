// SPDX-License-Identifier: Apache-2.0
#include "address/overlay.hpp"

#include <algorithm>
#include <functional>

#include "base/error.hpp"

namespace menpai::address {
namespace {

constexpr std::size_t recent_max = 64;  ///< from here on recent edits are folded into the older ones
constexpr int successors_max = 4;       ///< how many steps a chain of successors is followed

const std::string& key_of(const SourceAddress& address) {
  return address.id.empty() ? address.code : address.id;
}

bool better(const Answer& a, const Answer& b) {
  if (a.grade != b.grade) return a.grade < b.grade;
  return a.level != b.level ? a.level > b.level : a.score > b.score;
}

}  // namespace

std::uint64_t Overlay::place_key(const Answer& answer) {
  std::uint64_t key = 0;
  for (const Level level : {Level::town, Level::village, Level::group, Level::place, Level::number, Level::building}) {
    // The village may be told or not; the others say where it is.
    if (level == Level::village && !answer[Level::place].empty()) continue;
    key = (key ^ std::hash<std::string>()(answer[level])) * 0x9E3779B97F4A7C15 + 1;
  }
  return key;
}

Overlay::Overlay(std::shared_ptr<const Library> base)
    : m_base(std::move(base)), m_builder(m_base, "edits"), m_state(std::make_shared<const State>(State{m_base, {}})) {}

Overlay::~Overlay() {
  settle();
}

std::shared_ptr<const Overlay::Layer> Overlay::make_layer(LibraryBuilder& builder, const Items& items) {
  auto layer = std::make_shared<Layer>();
  builder.clear();
  bool any = false;
  for (const auto& [key, item] : items) {
    layer->hidden[key] = {item.edit.successor, item.edit.retired};
    if (item.edit.retired) continue;
    builder.add(item.edit.address);
    any = true;
  }
  if (!any) return layer;
  layer->library = builder.make();
  Engine engine(layer->library);
  Answer answer;
  for (const auto& [key, item] : items) {
    if (item.edit.retired) continue;
    engine.clean(item.edit.address.address, {}, answer);
    layer->places.insert(place_key(answer));
    for (const std::string& alias : item.edit.address.aliases) {
      engine.clean(alias, {}, answer);
      layer->places.insert(place_key(answer));
    }
  }
  return layer;
}

void Overlay::publish() {
  auto next = std::make_shared<State>();
  next->base = m_base;
  if (m_older_layer) next->layers.push_back(m_older_layer);
  if (!m_recent.empty()) next->layers.push_back(make_layer(m_builder, m_recent));
  m_state.store(std::move(next));
}

void Overlay::apply(std::span<const AddressEdit> edits) {
  for (const AddressEdit& edit : edits) {
    if (key_of(edit.address).empty()) {
      throw Error(ErrorCode::bad_request, "An edit needs the id or the code of its address.");
    }
  }
  const std::lock_guard lock(m_mutex);
  for (const AddressEdit& edit : edits) m_recent.insert_or_assign(key_of(edit.address), Item{edit, ++m_sequence});
  publish();
  if (m_recent.size() < recent_max || m_folding) return;
  if (m_folder.joinable()) m_folder.join();
  Items all = m_older;
  for (const auto& [key, item] : m_recent) all.insert_or_assign(key, item);
  m_folding = true;
  m_folder = std::thread([this, all = std::move(all), until = m_sequence]() mutable {
    try {
      fold(std::move(all), until);
    } catch (const std::exception&) {
      // They stay recent; the next edits try again.
      const std::lock_guard again(m_mutex);
      m_folding = false;
    }
  });
}

void Overlay::fold(Items items, std::uint64_t until) {
  LibraryBuilder builder(m_base, "older edits");
  auto layer = make_layer(builder, items);
  const std::lock_guard lock(m_mutex);
  m_older = std::move(items);
  m_older_layer = std::move(layer);
  std::erase_if(m_recent, [&](const auto& entry) { return entry.second.sequence <= until; });
  publish();
  m_folding = false;
}

void Overlay::settle() {
  std::thread folder;
  {
    const std::lock_guard lock(m_mutex);
    folder = std::move(m_folder);
  }
  if (folder.joinable()) folder.join();
}

OverlayEngine::OverlayEngine(const Overlay& overlay)
    : m_overlay(&overlay), m_state(overlay.state()), m_base(m_state->base) {
  follow(*m_state);
}

/// Keeps the engines of layers that go on, makes those of new ones.
void OverlayEngine::follow(const Overlay::State& state) {
  std::vector<std::pair<std::shared_ptr<const Overlay::Layer>, Engine>> layers;
  for (const auto& layer : state.layers) {
    const auto same = [&](const auto& entry) { return entry.first == layer; };
    const auto old = std::find_if(m_layers.begin(), m_layers.end(), same);
    if (old != m_layers.end()) {
      layers.push_back(std::move(*old));
    } else {
      layers.emplace_back(layer, Engine(layer->library ? layer->library : state.base));
    }
  }
  m_layers = std::move(layers);
}

/// What an edit in layer `from` or a later one says of an older answer.
const Overlay::Hidden* OverlayEngine::hidden(const Overlay::State& state, std::size_t from, const std::string& id,
                                             const std::string& code) const {
  for (std::size_t i = state.layers.size(); i-- > from;) {
    const auto& all = state.layers[i]->hidden;
    const auto at = all.find(id.empty() ? code : id);
    if (at != all.end()) return &at->second;
  }
  return nullptr;
}

void OverlayEngine::answer_with_successor(const Overlay::Hidden& gone, const Query& query, Answer& answer) {
  const Level level = answer.level;
  const std::string residue = answer.residue;
  if (!gone.successor.empty() && m_steps > 0) {
    clean_once(gone.successor, query, m_steps - 1, answer);
    if (answer.grade == Grade::a) answer.grade = Grade::b;
    answer.residue = residue;
  } else {
    answer.id.clear();
    answer.code.clear();
    answer.grade = Grade::c;
  }
  const Reason reason = gone.successor.empty() ? Reason::not_found : Reason::former_name;
  std::erase_if(answer.reasons, [&](const ElementReason& r) { return r.level == level; });
  answer.reasons.push_back({level, reason});
  std::sort(answer.reasons.begin(), answer.reasons.end(),
            [](const ElementReason& a, const ElementReason& b) { return a.level < b.level; });
}

void OverlayEngine::clean_once(std::string_view text, const Query& query, int steps, Answer& answer) {
  const Overlay::State& state = *m_state;
  m_base.clean(text, query, answer);
  if (state.layers.empty()) return;
  const bool has_row = !answer.id.empty() || !answer.code.empty();
  const auto says = [&](std::initializer_list<Reason> some) {
    return std::any_of(answer.reasons.begin(), answer.reasons.end(), [&](const ElementReason& r) {
      return std::find(some.begin(), some.end(), r.reason) != some.end();
    });
  };
  const bool corrected = says({Reason::corrected});
  // A row of the base's own that explains the text stands; where the base knows the number or the building, what it
  // does not have below concerns edits at that very place only.
  const bool in_doubt = corrected || (answer.grade >= Grade::c && answer.level < Level::number);
  const bool settled =
      has_row && answer.grade < Grade::c && !says({Reason::corrected, Reason::unverified, Reason::not_found});
  const std::uint64_t place = settled ? 0 : Overlay::place_key(answer);
  const Overlay::Hidden* gone =
      answer.id.empty() && answer.code.empty() ? nullptr : hidden(state, 0, answer.id, answer.code);
  for (std::size_t i = 0; i < state.layers.size(); ++i) {
    const Overlay::Layer& layer = *state.layers[i];
    const bool asked = in_doubt || gone != nullptr || (!settled && layer.places.contains(place));
    if (!layer.library || !asked) continue;
    m_layers[i].second.clean(text, query, m_other);
    if (m_other.id.empty() && m_other.code.empty()) continue;
    const Overlay::Hidden* other_gone = hidden(state, i + 1, m_other.id, m_other.code);
    const bool stands = other_gone == nullptr;
    const bool replaces =
        gone != nullptr ? m_other.level >= answer.level && m_other.grade <= Grade::b : better(m_other, answer);
    if (!replaces) continue;
    std::swap(answer, m_other);
    gone = stands ? nullptr : other_gone;
  }
  std::erase_if(answer.candidates, [&](const Candidate& c) { return hidden(state, 0, c.id, c.code) != nullptr; });
  if (gone == nullptr) return;
  m_steps = steps;
  const Overlay::Hidden copy = *gone;
  answer_with_successor(copy, query, answer);
}

void OverlayEngine::clean(std::string_view text, const Query& query, Answer& answer) {
  if (auto now = m_overlay->state(); now != m_state) {
    m_state = std::move(now);
    follow(*m_state);
  }
  clean_once(text, query, successors_max, answer);
}

}  // namespace menpai::address
