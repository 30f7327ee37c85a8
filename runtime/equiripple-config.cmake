# equiripple::runtime, the adapters of the libraries that are found, equiripple_generate(), and
# equiripple::tool where it was installed along.
include("${CMAKE_CURRENT_LIST_DIR}/equiripple-targets.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/equiripple-tool-targets.cmake" OPTIONAL)
include("${CMAKE_CURRENT_LIST_DIR}/adapters.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/equiripple-generate.cmake")
