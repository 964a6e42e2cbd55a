// SPDX-License-Identifier: Apache-2.0
#include "model/answer.hpp"

namespace menpai {

void Answer::clear() {
  grade = Grade::none;
  score = 0;
  level = Level::none;
  address.clear();
  code.clear();
  id.clear();
  division_code.clear();
  for (std::string& text : part) text.clear();
  point.reset();
  reasons.clear();
  residue.clear();
  candidates.clear();
}

std::string reasons_text(const std::vector<ElementReason>& reasons) {
  std::string out;
  for (const ElementReason& r : reasons) {
    if (!out.empty()) out += ';';
    out += level_name(r.level);
    out += ':';
    out += reason_name(r.reason);
  }
  return out;
}

}  // namespace menpai
