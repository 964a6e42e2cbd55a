// SPDX-License-Identifier: Apache-2.0
// The first question of a server: may this caller ask for this at all?
#pragma once

#include "app/application.hpp"

namespace menpai::app {

/// Asks the one policy before a request's body is read. A denial is recorded and thrown as by require() (app/door.hpp);
/// of an allowance nothing is recorded here, because the function that then does the thing records it, with its object.
void admit(Application& app, const Caller& caller, Action action);

}  // namespace menpai::app
