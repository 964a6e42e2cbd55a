// SPDX-License-Identifier: Apache-2.0
// What requests to clean texts say, read and checked.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "geo/coordinate.hpp"

namespace menpai::app {

/// A batch as one document. Throws bad_request, naming the key, and too_large.
struct CleanBatchRequest {
  std::vector<std::string> texts;
  std::string region;
  int top = 0;
};
CleanBatchRequest parse_clean_batch(std::string_view json, std::size_t rows_max);

/// {"points":[[lon,lat],…],"max_distance_m":200}. Throws bad_request, naming what is wrong.
struct ReverseRequest {
  std::vector<geo::LonLat> points;
  double max_distance_m = 0;
};
ReverseRequest parse_reverse_request(std::string_view json, double max_distance_m_otherwise);

/// Throws bad_request unless it is empty or a division code (2, 4, 6, 9 or 12 digits).
void check_region(std::string_view region);
/// Throws bad_request unless it is within 1 and clean_top_max.
void check_top(std::int64_t top);

/// One line of NDJSON. The views live until the next line is read.
struct CleanLine {
  std::string id = "null";  ///< as JSON, to be given back as it came
  std::string_view text;
  std::string_view region;
  const char* error = nullptr;  ///< why the line is wrong, fit for the public; null if it is not
};

/// Reads lines one after the other with the same memory.
class CleanLineReader {
 public:
  CleanLineReader();
  ~CleanLineReader();
  /// Never throws for a bad line.
  void read(std::string_view json, CleanLine& line);

 private:
  struct Parser;
  std::unique_ptr<Parser> m_parser;
};

}  // namespace menpai::app
