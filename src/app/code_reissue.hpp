// SPDX-License-Identifier: Apache-2.0
// New codes for what lies in divisions that were merged or renumbered; the old ones lead to them for ever.
#pragma once

#include "app/change/change_kinds.hpp"
#include "app/change/object_writer.hpp"

namespace menpai::app {

// The change kind "codes.reissue": {"divisions": [{"from": "442000108005", "to": "442000108007", "display_from": "",
// "display_to": ""}]}. Everything that lies in `from` lies in `to` from now on; addresses, buildings and rooms that
// have a code of the schemes in use get new ones, rooms below their buildings. Texts that begin with `display_from`
// begin with `display_to`. Codes that came from elsewhere stay.
ChangeSubject subject_of_reissue(Application& app, const address::DivisionIndex& divisions, const RequestJson& request);
void plan_reissue(PlanContext& context, const RequestJson& request, ChangePlan& plan);
TouchCounts write_reissue(PlanContext& context, const RequestJson& request, const ChangeSet& set, const Caller& caller,
                          store::Timestamp at, CodeIssuer& issuer);

}  // namespace menpai::app
