# equiripple::runtime, the adapters of the libraries that are found, equiripple_generate(), and
# equiripple::tool and equiripple::make, the library, where they were installed along. COMPONENTS:
# runtime, seal, openfhe, tool, make.
include("${CMAKE_CURRENT_LIST_DIR}/equiripple-targets.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/equiripple-tool-targets.cmake" OPTIONAL)
include("${CMAKE_CURRENT_LIST_DIR}/equiripple-make-targets.cmake" OPTIONAL)
include("${CMAKE_CURRENT_LIST_DIR}/adapters.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/equiripple-generate.cmake")

# A component is there where its target is; one that is asked for and is not makes the package so.
set(equiripple_lacking)
foreach(component runtime seal openfhe tool make ${equiripple_FIND_COMPONENTS})
  if(TARGET equiripple::${component})
    set(equiripple_${component}_FOUND TRUE)
  else()
    set(equiripple_${component}_FOUND FALSE)
    if(equiripple_FIND_REQUIRED_${component})
      list(APPEND equiripple_lacking ${component})
    endif()
  endif()
endforeach()
if(equiripple_lacking)
  set(equiripple_FOUND FALSE)
  list(REMOVE_DUPLICATES equiripple_lacking)
  string(REPLACE ";" ", " equiripple_lacking "${equiripple_lacking}")
  set(equiripple_NOT_FOUND_MESSAGE
      "without ${equiripple_lacking}; SEAL 4 and OpenFHE 1.2 or later are looked for along CMAKE_PREFIX_PATH")
endif()
unset(equiripple_lacking)
