// SPDX-License-Identifier: Apache-2.0
#include "app/door.hpp"

#include "app/parts.hpp"

namespace menpai::app {

void require(Application& app, const Caller& caller, Action action, std::string_view object_kind,
             std::string_view object_id) {
  const access::Decision decision = access::decide(caller, action);
  const access::AuditRecord record{
      caller, action, std::string(object_kind), std::string(object_id), decision.is_allowed, std::string(decision.rule),
      1};
  // Strangers are counted: whoever floods the door must not make us write as fast as he knocks.
  const bool is_counted =
      decision.record == access::Record::counted || (!decision.is_allowed && caller.role == Role::nobody);
  if (is_counted) {
    app.parts().audit->count(record);
  } else {
    app.parts().audit->write(record);
  }
  if (!decision.is_allowed) throw Error(decision.code, access::denial_message(decision));
}

}  // namespace menpai::app
