// SPDX-License-Identifier: Apache-2.0
#include "app/admission.hpp"

#include "access/policy.hpp"
#include "app/door.hpp"

namespace menpai::app {

void admit(Application& app, const Caller& caller, Action action) {
  if (!access::decide(caller, action).is_allowed) require(app, caller, action);
}

}  // namespace menpai::app
