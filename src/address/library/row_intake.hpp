// SPDX-License-Identifier: Apache-2.0
// Rows of a source read by several threads and handed on in the source's order.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "address/library/row_reader.hpp"

namespace menpai::address {

/// Fills `rows` with the next rows of the source (strings may be used again); false when there are none.
using NextRows = std::function<bool(std::vector<SourceAddress>& rows)>;
using PutRows = std::function<void(std::span<const SourceAddress> rows, const RowBatch& batch)>;

/// Reads all rows with `threads` threads (0: one a core), the caller's among them. `next` and `put` are each called by
/// one thread at a time, `put` in the order of `next`; what it gets does not depend on the number of threads. Memory:
/// the rows of one `next` a thread. Throws what `next` and `put` throw.
void read_in_order(const DivisionIndex& index, const NextRows& next, const PutRows& put, unsigned threads);

}  // namespace menpai::address
