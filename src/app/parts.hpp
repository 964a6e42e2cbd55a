// SPDX-License-Identifier: Apache-2.0
// What an Application is made of; known to app/ only.
#pragma once

#include <memory>
#include <mutex>

#include "access/key_ring.hpp"
#include "access/password.hpp"
#include "address/engine.hpp"
#include "app/application.hpp"
#include "app/audit_log.hpp"
#include "app/clean_gate.hpp"
#include "app/cleaning_worker.hpp"
#include "app/engine_pool.hpp"
#include "app/library_watch.hpp"
#include "app/library_keeper.hpp"
#include "app/register_edits.hpp"
#include "app/place/place_rules.hpp"
#include "spine/code_scheme_file.hpp"
#include "store/key_store.hpp"
#include "store/sealed_file.hpp"
#include "store/store.hpp"

namespace menpai::app {

struct Application::Parts {
  Settings settings;
  std::unique_ptr<store::Store> store;
  std::unique_ptr<access::KeyProvider> key_provider;
  std::unique_ptr<store::KeyStore> key_store;
  std::unique_ptr<access::KeyRing> keys;      ///< seal() and open() of single fields
  std::unique_ptr<store::SealedFiles> files;  ///< sealed files of any length
  std::unique_ptr<AuditLog> audit;

  std::shared_ptr<const spine::CodeSchemes> code_schemes;
  std::shared_ptr<const PlaceRules> place_rules;

  int password_cost = access::scrypt_cost;  ///< of passwords hashed from now on; tests take less

  /// The worker goes first: it works with all the rest.
  ~Parts() {
    keeper.reset();
    worker.reset();
  }

  /// The library in use; a file that was replaced is in use from the next call on. Throws unavailable, saying how to
  /// make one, if there is none.
  std::shared_ptr<const address::Library> library() const;
  /// Nothing if there is none.
  std::shared_ptr<const address::Library> find_library() const;
  /// Puts another in its place; who works with the old one keeps it until done.
  void use_library(std::shared_ptr<const address::Library> library);
  /// The file that is opened: the setting, else DATA/library.mpl, else the shipped divisions.
  std::filesystem::path library_file() const;

  /// What changed in the register lies over its library.
  std::unique_ptr<RegisterEdits> edits;

  EnginePool engines{[this] { return library(); }};
  std::unique_ptr<CleanGate> clean_gate;
  std::unique_ptr<LibraryKeeper> keeper;   ///< takes approved aliases into the library; in a server only
  std::unique_ptr<CleaningWorker> worker;  ///< runs cleaning jobs; in a server it has a thread. Ends before the rest

 private:
  mutable LibraryWatch m_library{[this] { return library_file(); },
                                 [this](LibraryWatch::Library opened) { return edits->over(std::move(opened)); }};
};

}  // namespace menpai::app
