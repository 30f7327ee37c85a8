# equiripple::runtime, and the adapters of the libraries that are found.
include("${CMAKE_CURRENT_LIST_DIR}/equiripple-targets.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/adapters.cmake")
