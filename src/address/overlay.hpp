// SPDX-License-Identifier: Apache-2.0
// Edits on top of a library that does not change: seen by the next question, without building the library anew.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "address/engine.hpp"

namespace menpai::address {

/// One change of an address that is known by its id, or by its code where it has no id.
struct AddressEdit {
  /// The address as it is from now on; new, or in place of what had its id. With `retired` its id or code suffices.
  SourceAddress address;
  bool retired = false;
  std::string successor;  ///< of a retired address: the standard text of what stands in its place, if anything does
};

/// Collects edits and publishes them. Readers take a state and keep it for a question; they never wait for a writer.
/// Recent edits are a small library in memory that is made anew with every call (some milliseconds for some hundreds);
/// when they are many, a thread of its own folds them into the older ones. Memory: about a kilobyte an edit.
class Overlay {
 public:
  explicit Overlay(std::shared_ptr<const Library> base);
  ~Overlay();

  /// The edits are seen by every question that begins after this returns. Of two edits of one address the later counts.
  /// Throws bad_request for an edit with neither id nor code; then none of them is done. For any thread.
  void apply(std::span<const AddressEdit> edits);
  /// Waits until recent edits that are being folded are folded.
  void settle();

  struct Hidden {
    std::string successor;
    bool retired = false;  ///< else there is a later form of it
  };
  /// Edits of one age.
  struct Layer {
    std::shared_ptr<const Library> library;
    std::unordered_map<std::string, Hidden>
        hidden;                                ///< by id or code: what in older layers and the base counts no more
    std::unordered_set<std::uint64_t> places;  ///< place_key of what was added
  };
  struct State {
    std::shared_ptr<const Library> base;
    std::vector<std::shared_ptr<const Layer>> layers;  ///< oldest first
  };
  std::shared_ptr<const State> state() const { return m_state.load(); }

  /// The number or building an answer lies in, as one number.
  static std::uint64_t place_key(const Answer& answer);

 private:
  struct Item {
    AddressEdit edit;
    std::uint64_t sequence = 0;
  };
  using Items = std::map<std::string, Item>;
  static std::shared_ptr<const Layer> make_layer(LibraryBuilder& builder, const Items& items);
  void publish();
  void fold(Items items, std::uint64_t until);

  std::shared_ptr<const Library> m_base;
  std::mutex m_mutex;
  LibraryBuilder m_builder;  ///< of recent edits
  Items m_recent;
  Items m_older;
  std::shared_ptr<const Layer> m_older_layer;
  std::uint64_t m_sequence = 0;
  bool m_folding = false;
  std::thread m_folder;
  std::atomic<std::shared_ptr<const State>> m_state;
};

/// Answers questions against a library and its overlay. One a thread, like Engine.
class OverlayEngine {
 public:
  explicit OverlayEngine(const Overlay& overlay);

  /// As Engine::clean. Layers are asked only where the base is in doubt, corrects, has something that was retired, or
  /// knows the number or building but not what the text says below it and there are edits at that very place. A retired
  /// address answers with its successor: former_name at its level, grade B at the best; one without a successor is
  /// not_found, grade C.
  void clean(std::string_view text, const Query& query, Answer& answer);

 private:
  void follow(const Overlay::State& state);
  const Overlay::Hidden* hidden(const Overlay::State& state, std::size_t from, const std::string& id,
                                const std::string& code) const;
  void answer_with_successor(const Overlay::Hidden& hidden, const Query& query, Answer& answer);
  void clean_once(std::string_view text, const Query& query, int steps, Answer& answer);

  const Overlay* m_overlay;
  std::shared_ptr<const Overlay::State> m_state;
  Engine m_base;
  std::vector<std::pair<std::shared_ptr<const Overlay::Layer>, Engine>> m_layers;
  int m_steps = 0;
  Answer m_other;
};

}  // namespace menpai::address
