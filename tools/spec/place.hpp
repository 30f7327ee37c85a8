// A place in a file, as "functions.toml:3:1".
#pragma once

namespace equiripple {

struct Place {
  int line = 1;
  int column = 1;
};

}  // namespace equiripple
