# equiripple::seal and equiripple::openfhe, where their libraries are found; CMAKE_PREFIX_PATH says
# where to look. Included by the project itself and by its installed package.

find_package(SEAL QUIET)  # its package accepts only an equal minor version
if(SEAL_FOUND AND SEAL_VERSION VERSION_LESS 4)
  set(SEAL_FOUND OFF)
endif()
if(SEAL_FOUND AND NOT TARGET equiripple::seal)
  add_library(equiripple_seal INTERFACE)
  add_library(equiripple::seal ALIAS equiripple_seal)
  target_link_libraries(equiripple_seal INTERFACE equiripple::runtime SEAL::seal)
endif()

find_package(OpenFHE 1.2 QUIET)
if(OpenFHE_FOUND AND NOT TARGET equiripple::openfhe)
  add_library(equiripple_openfhe INTERFACE)
  add_library(equiripple::openfhe ALIAS equiripple_openfhe)
  # Its package sets variables rather than targets with usage requirements.
  target_include_directories(equiripple_openfhe SYSTEM INTERFACE
    ${OpenFHE_INCLUDE} ${OpenFHE_INCLUDE}/core ${OpenFHE_INCLUDE}/pke ${OpenFHE_INCLUDE}/binfhe)
  # Of its flags those that change what its headers declare, not its warnings.
  string(REGEX MATCHALL "-DMATHBACKEND=[0-9]+|-DOPENFHE_VERSION=[0-9.]+|-DWITH_[A-Z_]+"
         equiripple_openfhe_definitions "${OpenFHE_CXX_FLAGS}")
  target_compile_options(equiripple_openfhe INTERFACE ${equiripple_openfhe_definitions})
  if(OpenFHE_OPENMP)
    find_package(OpenMP QUIET COMPONENTS CXX)
    if(OpenMP_CXX_FOUND)
      target_link_libraries(equiripple_openfhe INTERFACE OpenMP::OpenMP_CXX)
    endif()
  endif()
  target_link_libraries(equiripple_openfhe
    INTERFACE equiripple::runtime OPENFHEpke OPENFHEbinfhe OPENFHEcore)
endif()
