// The words of a request for a fit, checked.
#pragma once

#include <string>
#include <vector>

#include "emit/request/given_options.hpp"
#include "emit/request/requests.hpp"

namespace equiripple {

/// One "x y" or "x,y" a line; # begins a comment. `name` stands in messages. Fails with
/// wrong_request, naming line and word.
[[nodiscard]] NamedTable parse_table(const std::string& name, const std::string& text);

/// The table is that of `points`, as a file records it (emit/points.hpp), or else of the file that
/// --data names. Fails with wrong_request.
[[nodiscard]] FitRequest fit_request(const GivenOptions& given,
                                     const std::vector<RequestOption>& points);

}  // namespace equiripple
